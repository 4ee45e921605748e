const BRAND = `
brand: Bench
senders:
  email: { name: Bench, address: bench@example.org }
locales: [en]
zone: Europe/Copenhagen
country: DK
legal: { company: Bench, address: "1 Street" }
quiet hours: none
purposes:
  offers: { consent: required, channels: [email] }
  service: { consent: not needed, channels: [email] }
`

const MESSAGE = `---
subject: "Order {{ entry.order_id }} of {{ customer.first_name | default: 'you' }}"
preheader: Ready soon
---
<mjml><mj-body>
  <mj-section><mj-column><mj-text font-size="20px">Hello {{ customer.first_name | default: 'you' }}</mj-text></mj-column></mj-section>
  <mj-section><mj-column><mj-text>Your order {{ entry.order_id }} is on its way. <a href="https://example.org/orders">See it</a></mj-text></mj-column></mj-section>
  <mj-section><mj-column><mj-text>{{ brand.legal.address }} <a href="{{ links.unsubscribe }}">Unsubscribe</a></mj-text></mj-column></mj-section>
</mj-body></mjml>`

const GATED = `
journey: gated
purpose: offers
enter: { when: order.placed, key: order_id }
steps:
  - if: { property: total, at least: 5 }
    then: [{ send: hello }]
`.replace('property', 'entry')

const LATE = `
journey: late
purpose: service
enter: { when: late.asked, key: n }
steps:
  - wait: 2 seconds
  - send: hello
`

const MONTH = `
journey: month
purpose: service
enter: { when: month.began, key: n }
steps:
  - send: hello
  - wait: 5 days
  - if: { trait: plan, is: pro }
    then: [{ wait: 1 day }]
    else: [{ wait: 5 days }]
  - await: order.placed
    within: 10 days
  - update: { set: { stage: late } }
  - wait: 10 days
  - send: hello
`

/** A brand folder with what is measured: a gate and an email, a wait of seconds, and a month of eight steps. */
export const JOURNEYS: Readonly<Record<string, string>> = {
  'brand.yaml': BRAND,
  'messages/hello/message.yaml': 'message: hello\n',
  'messages/hello/email.en.mjml': MESSAGE,
  'journeys/gated.yaml': GATED,
  'journeys/late.yaml': LATE,
  'journeys/month.yaml': MONTH,
}
