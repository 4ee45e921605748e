import { describe, expect, it } from 'vitest'
import { textPartOf } from './text-part.ts'

describe('textPartOf', () => {
  it.each([
    ['paragraphs and breaks', '<p>One</p><p>Two<br>three</p>', 'One\nTwo\nthree'],
    ['headings and lists', '<h1>Title</h1><ul><li>One</li><li>Two</li></ul>', 'Title\n\n- One\n- Two'],
    [
      'links, with their address',
      '<p>See <a href="https://a.example/?x=1&amp;y=2">our <b>shop</b></a>.</p>',
      'See our shop (https://a.example/?x=1&y=2).',
    ],
    [
      'links that show their address, once',
      '<a href="https://a.example/">https://a.example/</a>',
      'https://a.example/',
    ],
    [
      'a linked picture by its words',
      '<a href="https://a.example/"><img src="x" alt="Kaffi"></a>',
      'Kaffi (https://a.example/)',
    ],
    ['a picture by its words', '<img src="x" alt="A cup">', 'A cup'],
    [
      'tables, cell by cell',
      '<table><tr><td>Bun</td><td>3.50</td></tr><tr><td>Cake</td><td>4</td></tr></table>',
      'Bun 3.50\nCake 4',
    ],
    [
      'entities',
      '<p>Fish &amp; chips &lt;3 &eacute; &#8364;&#x20ac; &nbsp;&quot;x&quot;</p>',
      'Fish & chips <3 &eacute; €€ "x"',
    ],
    [
      'nothing of styles, comments and the preview',
      '<head><title>T</title></head><style>a{}</style><!--[if mso]><p>x</p><![endif]--><div style="display:none;x">preview</div><p>Hi</p>',
      'Hi',
    ],
    [
      'Liquid as it is',
      '<p>{% if a < b and c > d %}{{ x | default: "<p>" }}{% endif %}</p>',
      '{% if a < b and c > d %}{{ x | default: "<p>" }}{% endif %}',
    ],
    ['Liquid in an address', '<a href="{{ a | append: "?x" }}">Go</a>', 'Go ({{ a | append: "?x" }})'],
    ['no more than one empty line', '<p>a</p><div></div><div></div><div></div><p>b</p>', 'a\n\nb'],
  ])('keeps %s', (_, html, text) => {
    expect(textPartOf(html)).toBe(text)
  })
})
