import { describe, expect, it } from 'vitest'
import { trackLinks } from './track-links.ts'

const made = (url: string) => `https://k.example/c?${url.length}&x`

describe('trackLinks', () => {
  it.each([
    ['<a href="https://a.example/">x</a>', ['https://a.example/']],
    ['<a class="b" style="c" href="http://a.example/?x=1&amp;y=2">x</a>', ['http://a.example/?x=1&y=2']],
    ["<A HREF='https://a.example/'>x</A>", ['https://a.example/']],
    ['<a\n  href="https://a.example/"\n  target="_blank"\n>x</a>', ['https://a.example/']],
    ['<area shape="rect" href="https://a.example/">', ['https://a.example/']],
    ['<!--[if mso]><v:roundrect href="https://a.example/"><![endif]-->', ['https://a.example/']],
    ['<a href="https://a.example/?q=&#34;x&#34;&#39;">x</a>', ['https://a.example/?q="x"\'']],
    [
      '<a href="https://a.example/">x</a><a href="https://b.example/">y</a>',
      ['https://a.example/', 'https://b.example/'],
    ],
    ['<a href="mailto:x@a.example">x</a>', []],
    ['<a href="tel:+45">x</a>', []],
    ['<a href="#top">x</a>', []],
    ['<a href="/relative">x</a>', []],
    ['<link href="https://a.example/x.css">', []],
    ['<img src="https://a.example/x.png">', []],
    ['<p>https://a.example/</p>', []],
    ['<a data-href="https://a.example/">x</a>', []],
    ['<abbr href="https://a.example/">x</abbr>', []],
  ])('finds the links of %s', (html, urls) => {
    const seen: string[] = []
    trackLinks(html, (url) => {
      seen.push(url)
      return undefined
    })
    expect(seen).toEqual(urls)
  })

  it('puts the new address in, escaped, and leaves the rest', () => {
    expect(trackLinks('<p><a class="b" href="https://a.example/" target="_blank">x</a></p>', made)).toBe(
      '<p><a class="b" href="https://k.example/c?18&amp;x" target="_blank">x</a></p>',
    )
  })

  it('leaves a link as it is when it gets no address for it', () => {
    const html = "<a href='https://a.example/?x&amp;y'>x</a>"
    expect(trackLinks(html, () => undefined)).toBe(html)
  })

  it('is done at once with html that is made to take long', () => {
    const started = performance.now()
    trackLinks('<a '.repeat(50_000), made)
    trackLinks(`<a ${' href='.repeat(20_000)}`, made)
    trackLinks(`<a href="${'x'.repeat(500_000)}`, made)
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})
