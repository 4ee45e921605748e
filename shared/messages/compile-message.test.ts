import { describe, expect, it } from 'vitest'
import { aBrand } from '#test/builders/a-brand.ts'
import { aMessage, EMAIL, FILES, FOOTER } from '#test/builders/a-message.ts'
import { describeProblem } from '../documents/document.ts'
import { compileMessage, type MessageSource } from './compile-message.ts'

const SOURCE: MessageSource = {
  name: 'order-reminder',
  files: FILES,
  partials: { 'footer.mjml': FOOTER },
  brand: aBrand(),
  tables: ['stores'],
}

/** What is said about the example when some files are changed. */
async function problemsWith(files: Record<string, string>, others: Partial<MessageSource> = {}) {
  const compilation = await compileMessage({ ...SOURCE, files: { ...FILES, ...files }, ...others })
  return compilation.ok ? [] : compilation.problems.map(describeProblem)
}

const emailWith = (line: string, other: string) => {
  expect(EMAIL).toContain(line)
  return { 'email.en.mjml': EMAIL.replace(line, other) }
}

describe('compileMessage', () => {
  it('makes one plain JSON value of all forms', async () => {
    const message = await aMessage()
    expect(JSON.parse(JSON.stringify(message))).toEqual(message)
    expect(message).toMatchObject({
      message: 'order-reminder',
      purpose: 'offers',
      trackLinks: true,
      channels: {
        email: { en: { preheader: 'We keep them until {{ entry.keptUntil | date: "%A %-d %B" }}' } },
        sms: { sv: { text: 'Din beställning {{ entry.order_id }} väntar: {{ brand.facts.shop }}' } },
        push: { en: { title: 'Your order waits', link: 'kaffi://cart', data: { order: '{{ entry.order_id }}' } } },
      },
    })
  })

  it('turns MJML into html with the Liquid, the colours and the footer in it', async () => {
    const html = String((await aMessage()).channels.email?.en?.html)
    expect(html).toMatch(/^<!doctype html>/)
    expect(html).toContain('lang="en"')
    expect(html).toContain('background-color:#fff8f0')
    expect(html).toContain('src="https://kaffi.example/logo.png"')
    expect(html).toContain('{% for item in entry.items %}<p>{{ item.name }}: {{ item.price }}</p>{% endfor %}')
    expect(html).toContain('href="{{ brand.facts.shop }}?order={{ entry.order_id | url_encode }}"')
    expect(html).toContain('<a href="{{ links.unsubscribe }}">')
    expect(html).not.toContain('fonts.googleapis.com')
  })

  it('makes a text part of the html', async () => {
    const text = String((await aMessage()).channels.email?.en?.text)
    expect(text).toContain('Finish your order ({{ brand.facts.shop }}?order={{ entry.order_id | url_encode }})')
    expect(text).toContain('Unsubscribe ({{ links.unsubscribe }})')
    expect(text).not.toMatch(/<[a-z]|mso|&amp;/)
  })

  it('gives the same content the same version, whatever the order of the files', async () => {
    const { version } = await aMessage()
    const reversed = await compileMessage({ ...SOURCE, files: Object.fromEntries(Object.entries(FILES).reverse()) })
    expect(reversed.ok && reversed.message.version).toBe(version)
    expect((await aMessage({ 'sms.en.txt': 'Another text' })).version).not.toBe(version)
  })

  it('reads files with the line ends of Windows', async () => {
    const windows = Object.fromEntries(
      Object.entries(FILES).map(([file, text]) => [file, text.replaceAll('\n', '\r\n')]),
    )
    expect((await aMessage(windows)).version).toBe((await aMessage()).version)
  })

  it('takes the footer of the locale where there is one', async () => {
    const partials = { 'footer.mjml': FOOTER, 'footer.sv.mjml': FOOTER.replace('>Unsubscribe<', '>Avsluta<') }
    const files = { ...FILES, 'email.sv.mjml': EMAIL }
    const compilation = await compileMessage({ ...SOURCE, files, partials })
    expect(compilation.ok && compilation.message.channels.email?.sv?.html).toContain('>Avsluta<')
    expect(compilation.ok && compilation.message.channels.email?.en?.html).toContain('>Unsubscribe<')
  })

  it('puts partials into texts too, and into partials', async () => {
    const partials = { 'footer.mjml': FOOTER, 'sign.txt': "Kind regards, {% include 'brand' %}", 'brand.txt': 'Kaffi' }
    const files = { ...FILES, 'sms.en.txt': "Hello.\n{% include 'sign' %}" }
    const compilation = await compileMessage({ ...SOURCE, files, partials })
    expect(compilation.ok && compilation.message.channels.sms?.en).toEqual({ text: 'Hello.\nKind regards, Kaffi' })
  })

  it('needs neither a way out nor an address in a service message', async () => {
    const files = {
      'message.yaml': 'message: order-reminder\npurpose: service',
      ...emailWith("{% include 'footer' %}", ''),
    }
    expect(await problemsWith(files)).toEqual([])
  })

  it.each([['message: order-reminder\npurpose: offers'], ['message: order-reminder']])(
    'asks for a way out and our address in marketing (%j)',
    async (head) => {
      const problems = await problemsWith({ 'message.yaml': head, ...emailWith("{% include 'footer' %}", '') })
      expect(problems).toHaveLength(2)
      expect(problems[0]).toContain('link to unsubscribe')
      expect(problems[1]).toContain('postal address')
    },
  )

  it.each([
    ['a tag left open', '{% endfor %}', '', 'email.en.mjml:12:11: tag {% for item in entry.items %} not closed.'],
    ['a filter there is none of', '| url_encode', '| url_encod', 'email.en.mjml:17:55: undefined filter: url_encod.'],
    [
      'a variable nobody fills',
      '{{ customer.points }}',
      '{{ costumer.points }}',
      'email.en.mjml:15:30: Nothing fills "costumer.points".',
    ],
    ['a fact the brand has not', 'brand.facts.shop', 'brand.facts.store', 'Nothing fills "brand.facts.store".'],
    [
      'a link there is none of',
      '{{ customer.points }}',
      '{{ links.stop }}',
      'Known are links.unsubscribe, links.preferences',
    ],
    [
      'a partial there is none of',
      "'footer'",
      "'feet'",
      'email.en.mjml:20:5: There is no partial "feet.mjml" in partials/.',
    ],
    ['a partial by a variable', "'footer'", 'entry.part', "Write {% include 'footer' %}, with a name in quotes."],
    ['an element there is none of', '<mj-text>\n          <h1>', '<mj-words>\n <h1>', 'email.en.mjml:10:9:'],
    [
      'Liquid between elements',
      '<mj-raw>{% endif %}</mj-raw>',
      '{% endif %}',
      'email.en.mjml:16:9: MJML drops {% endif %} here. Write <mj-raw>{% endif %}</mj-raw>.',
    ],
    ['no subject', EMAIL.slice(0, EMAIL.indexOf('<mjml>')), '', 'email.en.mjml:1:1: The subject is missing.'],
    [
      'a line that is neither subject nor preheader',
      'preheader:',
      'preview:',
      'email.en.mjml:3:1: Here belong "subject: …"',
    ],
  ])('reports %s', async (_, line, other, problem) => {
    const problems = await problemsWith(emailWith(line, other))
    expect(problems.join('\n')).toContain(problem)
  })

  it('points into the partial when the mistake is there', async () => {
    const partials = { 'footer.mjml': FOOTER.replace('brand.legal.company', 'brand.legal.firm') }
    expect(await problemsWith({}, { partials })).toEqual([
      expect.stringContaining('partials/footer.mjml:5:10: Nothing fills "brand.legal.firm".'),
    ])
  })

  it('refuses partials that include themselves', async () => {
    const partials = { 'footer.mjml': "{% include 'footer' %}" }
    expect(await problemsWith({}, { partials })).toEqual([
      expect.stringContaining('partials/footer.mjml:1:1: The partial "footer" includes itself.'),
    ])
  })

  it.each([
    ['sms.en.txt', 'Hello {{ name | default: "you" }}'],
    ['sms.en.txt', '{% assign name = customer.first_name %}Hello {{ name }}'],
    ['sms.en.txt', '{% for store in stores limit: 2 %}{{ store.name }} {% endfor %}'],
    ['sms.en.txt', '{{ saved.weather.temperature }} {{ message.name }} {{ brand.name }}'],
    ['sms.en.txt', '{% if customer.plan == "pro" %}{{ forloop.index | default: 1 }}{% endif %}'],
  ])('takes %s: %s', async (file, text) => {
    expect(await problemsWith({ [file]: text })).toEqual([])
  })

  it.each([
    ['fax.en.txt', 'Hi', 'A form is named by channel and locale, as in email.en.mjml, sms.en.txt, push.en.yaml.'],
    ['sms.fr.txt', 'Salut', '"fr" is none of the brand\'s locales: en, sv, da, nl.'],
    ['sms.en.yaml', 'Hi', 'This file would be sms.en.txt.'],
    ['sms.en.txt', '  \n', 'This message is empty.'],
    ['sms.en.txt', 'Hi {{ store.name }}', 'Nothing fills "store.name".'],
    ['push.en.yaml', 'title: Hi', 'push.en.yaml:1:1: "body" is missing.'],
    [
      'push.en.yaml',
      'title: "{% if customer.x %}a"\nbody: "b{% endif %}"',
      'In "title": tag {% if customer.x %} not closed.',
    ],
    [
      'message.yaml',
      'message: reminder',
      'messages/order-reminder/message.yaml:1:1: message: This is not the name of its folder.',
    ],
    ['message.yaml', 'message: order-reminder\npurpose: spam', 'brand.yaml has no purpose "spam".'],
    ['message.yaml', 'message: order-reminder\npurpose: constructor', 'brand.yaml has no purpose "constructor".'],
  ])('refuses %s with %j', async (file, text, problem) => {
    expect((await problemsWith({ [file]: text })).join('\n')).toContain(problem)
  })

  it('refuses a message without a form', async () => {
    const compilation = await compileMessage({ ...SOURCE, files: { 'message.yaml': 'message: order-reminder' } })
    expect(compilation.ok || compilation.problems.map(describeProblem)[0]).toContain('no form yet')
  })

  it('refuses a message that would not fit into a row', async () => {
    const big = Object.fromEntries(['en', 'sv'].map((locale) => [`sms.${locale}.txt`, 'word '.repeat(40_000)]))
    expect((await problemsWith(big)).join('\n')).toContain('more than 300 KB')
  })
})
