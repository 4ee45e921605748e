import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { aBrand } from '#test/builders/a-brand.ts'
import { aMessage } from '#test/builders/a-message.ts'
import type { CompiledMessage } from './message-document.ts'
import { type RenderRequest, renderMessage } from './render-message.ts'

const NOW = Date.parse('2026-11-21T22:30:00Z')

let message: CompiledMessage
beforeAll(async () => {
  message = await aMessage()
})

const request = (changes: Partial<RenderRequest> = {}): RenderRequest => ({
  message,
  channel: 'email',
  locale: 'en',
  brand: aBrand(),
  variables: {
    customer: { first_name: 'Ada', points: 60 },
    entry: { order_id: 'o-1', keptUntil: '2026-11-23T10:00:00Z', items: [{ name: 'Bun', price: '3.50' }] },
  },
  now: NOW,
  links: {
    unsubscribe: 'https://k.example/u/1',
    preferences: 'https://k.example/p/1',
    click: (url) => `https://k.example/c?to=${encodeURIComponent(url)}`,
  },
  ...changes,
})

/** A text message with this text, as published. */
const texting = async (text: string, tables: string[] = []) => aMessage({ 'sms.en.txt': text }, { tables })

const sms = async (text: string, changes: Partial<RenderRequest> = {}) =>
  renderMessage(request({ message: await texting(text), channel: 'sms', ...changes }))

describe('renderMessage', () => {
  it('fills in what is known of her', () => {
    const { content, locale, warnings } = renderMessage(request())
    expect(content.subject).toBe('Ada left 1 things')
    expect(content.preheader).toBe('We keep them until Monday 23 November')
    expect(content.html).toContain('<h1>Hello Ada</h1>')
    expect(content.html).toContain('You have 60 points.')
    expect(content.text).toContain('Bun: 3.50')
    expect([locale, warnings]).toEqual(['en', []])
  })

  it('is the same every time', () => {
    expect(renderMessage(request())).toEqual(renderMessage(request()))
  })

  it('fills in the texts of a notification, its data too', () => {
    expect(renderMessage(request({ channel: 'push' })).content).toEqual({
      title: 'Your order waits',
      body: 'Ada, it is still here.',
      link: 'kaffi://cart',
      data: { order: 'o-1' },
    })
  })

  it.each([
    ['sv', 'sv'],
    ['sv-FI', 'sv'],
    ['da', 'en'],
    [undefined, 'en'],
  ])('writes to a reader of %s in %s', (wanted, used) => {
    expect(renderMessage(request({ channel: 'sms', locale: wanted })).locale).toBe(used)
  })

  it('says that it has no form for a channel', async () => {
    const { channels, ...rest } = message
    const only = { ...rest, channels: { sms: channels.sms ?? {} } }
    expect(() => renderMessage(request({ message: only }))).toThrow('Write a form of "order-reminder" for email.')
  })

  it('leaves out what is missing and says so', async () => {
    const { content, warnings } = await sms('Hi {{ customer.nickname }}, {{ saved.a.b }}{{ customer.nickname }}!')
    expect(content.text).toBe('Hi , !')
    expect(warnings).toEqual([
      { code: 'missing-variable', variable: 'customer.nickname', field: 'text' },
      { code: 'missing-variable', variable: 'saved.a.b', field: 'text' },
    ])
  })

  it('says nothing of what has a default, or is only asked about', async () => {
    const { content, warnings } = await sms('{{ customer.nickname | default: "you" }}{% if customer.vip %}!{% endif %}')
    expect([content.text, warnings]).toEqual(['you', []])
  })

  it('says once what is missing in every turn of a loop', async () => {
    const { content, warnings } = await sms('{% for item in entry.items %}[{{ item.colour }}]{% endfor %}', {
      variables: { entry: { items: [{}, {}, { colour: 'red' }] } },
    })
    expect(content.text).toBe('[][][red]')
    expect(warnings).toEqual([{ code: 'missing-variable', variable: 'item.colour', field: 'text' }])
  })

  it('looks into tables, also where a row lacks a column', async () => {
    const message = await texting('{{ stores | where: "open", "yes" | map: "name" | join: ", " }}', ['stores'])
    const stores = [{ name: 'Vesterbro', open: 'yes' }, { name: 'Nørrebro' }]
    expect(renderMessage(request({ message, channel: 'sms', variables: { stores } })).content.text).toBe('Vesterbro')
  })

  it('names the store next to her', async () => {
    const message = await texting('{% assign store = stores | near: customer | first %}{{ store.name }}', ['stores'])
    const stores = [
      { name: 'Malmö', latitude: '55.60', longitude: '13.00' },
      { name: 'Vesterbro', latitude: '55.67', longitude: '12.55' },
    ]
    const customer = { latitude: 55.68, longitude: 12.57 }
    expect(renderMessage(request({ message, channel: 'sms', variables: { customer, stores } })).content.text).toBe(
      'Vesterbro',
    )
  })

  it('tells the time by the clock it is given, in her zone', async () => {
    const text = '{{ "now" | date: "%F %R" }}'
    expect((await sms(text, { zone: 'Europe/Stockholm' })).content.text).toBe('2026-11-21 23:30')
    expect((await sms(text, { zone: 'America/New_York' })).content.text).toBe('2026-11-21 17:30')
    expect((await sms(text)).content.text).toBe('2026-11-21 23:30')
  })

  it('renders the links of a message that has no way out as nothing, without complaint', async () => {
    const { content, warnings } = await sms('x{{ links.unsubscribe }}', { links: {} })
    expect([content.text, warnings]).toEqual(['x', []])
  })
})

/** An email that says what she said. */
const ECHO = `---
subject: Hi
---
<mjml><mj-body><mj-section><mj-column><mj-text><b title="{{ customer.said }}">{{ customer.said }}</b></mj-text></mj-column></mj-section></mj-body></mjml>`

const ATTACKS = [
  '<script>alert(1)</script>',
  '" onmouseover="x',
  "' onload='x",
  '</b><img src=x onerror=x>',
  '&lt;b&gt;',
  '{{ x }}',
  '-->',
  ']]>',
]

const decode = (text: string) =>
  text.replace(
    /&(amp|lt|gt|#34|#39);/g,
    (_, name: string) => ({ amp: '&', lt: '<', gt: '>', '#34': '"', '#39': "'" })[name] ?? '',
  )

describe('renderMessage, given what customers write', () => {
  it('escapes it in html and nowhere else', () => {
    const name = `<script>alert("1")</script>&'`
    const { content } = renderMessage(
      request({ variables: { ...request().variables, customer: { first_name: name, points: 0 } } }),
    )
    expect(content.html).toContain('Hello &lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt;&amp;&#39;')
    expect(content.html).not.toContain('<script>')
    expect(content.subject).toContain(name)
  })

  it('shows in html exactly what she wrote, in words and in attributes, whatever it is', async () => {
    const message = await aMessage({
      'message.yaml': 'message: order-reminder\npurpose: service',
      'email.en.mjml': ECHO,
    })
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...ATTACKS), (some, attack) => {
        const said = `${some}${attack}${some}`
        const html = String(renderMessage(request({ message, variables: { customer: { said } } })).content.html)
        const [, attribute, words] = /<b title="([^"]*)">([^<]*)<\/b>/.exec(html) ?? []
        expect([attribute, words].map((text) => decode(text ?? ''))).toEqual([said, said])
      }),
    )
  })

  it('never reads Liquid in it', async () => {
    const { content } = await sms('Hi {{ customer.first_name }}', {
      variables: { customer: { first_name: '{{ brand.legal.address }}{% for i in (1..9) %}x{% endfor %}' } },
    })
    expect(content.text).toBe('Hi {{ brand.legal.address }}{% for i in (1..9) %}x{% endfor %}')
  })

  it('keeps a subject on one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (first_name) => {
        const variables = { ...request().variables, customer: { first_name: `A\r\nBcc: x${first_name}`, points: 0 } }
        const { subject } = renderMessage(request({ variables })).content
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
        expect(subject).not.toMatch(/[\u0000-\u001f\u007f\u2028\u2029]/)
      }),
    )
  })

  it('lets none of it make a link that runs code', async () => {
    const message = await aMessage({
      'message.yaml': 'message: order-reminder\npurpose: service',
      'email.en.mjml':
        '---\nsubject: Hi\n---\n<mjml><mj-body><mj-section><mj-column><mj-text><a href="{{ customer.site }}">x</a></mj-text></mj-column></mj-section></mj-body></mjml>',
    })
    for (const site of [
      'javascript:alert(1)',
      ' JaVaScript:alert(1)',
      'java\tscript:alert(1)',
      '\u0001javascript:x',
      'data:text/html,x',
      'vbscript:x',
    ]) {
      const { html } = renderMessage(request({ message, variables: { customer: { site } } })).content
      expect(html).toContain('<a href="#">x</a>')
    }
  })

  it.each(['constructor', '__proto__', 'toString', 'first_name.constructor', 'hasOwnProperty'])(
    'never reaches %s',
    async (path) => {
      const { content, warnings } = await sms(`[{{ customer.${path} }}]`, {
        variables: { customer: { first_name: 'Ada' } },
      })
      expect([content.text, warnings.length]).toEqual(['[]', 1])
    },
  )
})

describe('renderMessage, given a template without measure', () => {
  it.each([
    ['a long loop', '{% for i in (1..100000000) %}x{% endfor %}'],
    [
      'nested loops',
      '{% for i in (1..9999) %}{% for j in (1..9999) %}{% for k in (1..9999) %}{% endfor %}{% endfor %}{% endfor %}',
    ],
    [
      'a text that doubles',
      '{% assign a = "xxxxxxxxxx" %}{% for i in (1..40) %}{% assign a = a | append: a %}{% endfor %}{{ a }}',
    ],
    ['much output', '{% for i in (1..60000) %}xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx{% endfor %}'],
    [
      'much replacement',
      '{% assign a = "xxxxxxxxxxxxxxxx" %}{% for i in (1..9) %}{% assign a = a | replace: "x", "xxxxxxxx" %}{% endfor %}',
    ],
    ['a wide date', '{{ "now" | date: "%999999999d" }}{% for i in (1..99999999) %}{% endfor %}'],
  ])('gives up on %s', async (_, text) => {
    const started = performance.now()
    await expect(sms(text)).rejects.toThrow('cannot be rendered (text)')
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  it.each([
    "{% include 'x' %}",
    "{% render 'x' %}",
    "{% layout 'x' %}",
    '{{ stores | where_exp: "s", customer.code }}',
    '{{ stores | sample }}',
  ])('does not know %s', async (text) => {
    await expect(texting(text, ['stores'])).rejects.toThrow(/not found|undefined filter|no partial/)
  })
})

describe('renderMessage, about links', () => {
  it('makes followed links tracked ones, but those of ours', () => {
    const html = String(renderMessage(request()).content.html)
    expect(html).toContain('href="https://k.example/c?to=https%3A%2F%2Fkaffi.example%2Fshop%3Forder%3Do-1"')
    expect(html).toContain('<a href="https://k.example/u/1">')
    expect(html).toContain('<a href="https://k.example/p/1">')
  })

  it('leaves them alone when the message says so, or nobody makes tracked ones', async () => {
    const untracked = await aMessage({ 'message.yaml': 'message: order-reminder\npurpose: offers\ntrack links: false' })
    expect(renderMessage(request({ message: untracked })).content.html).toContain(
      'href="https://kaffi.example/shop?order=o-1"',
    )
    const { content } = renderMessage(request({ links: { unsubscribe: 'https://k.example/u/1' } }))
    expect(content.html).toContain('href="https://kaffi.example/shop?order=o-1"')
  })
})
