import { isNamed } from '#shared/errors/errors.ts'
import { closeConversation } from '#shared/recording/conversations/close-conversation.ts'
import { reply } from '#shared/recording/conversations/reply.ts'
import type { World } from '#shared/world/world.ts'
import { aBrandFile } from '#test/builders/a-system.ts'
import type { FakeProviderOptions } from './fake-provider.ts'
import type { Story } from './story.ts'

const HOUR = 60
const DAY = 24 * HOUR

const ADA = { userId: 'ada', email: 'ada@example.org', phone: '+4520123456' }
const CONSENT = { offers: { email: true, sms: true, push: true } }

/** She is known, and allows everything. */
const signedUp = {
  id: 'signed-up',
  type: 'customer.signed-up',
  occurredAt: '2026-03-10T09:59:00Z',
  identifiers: ADA,
  traits: { firstName: 'Ada', plan: 'free' },
  consent: CONSENT,
}

const ada = (id: string, type: string, properties: object = {}, more: object = {}) => ({
  id,
  type,
  identifiers: { userId: 'ada' },
  properties,
  ...more,
})

/** An event that says itself when it happened, as most do. */
const timed = (minute: number, event: { readonly id: string }) => ({
  ...event,
  occurredAt: new Date(Date.parse('2026-03-10T10:00:00Z') + minute * 60_000).toISOString(),
})

export const anOrderAbandoned: Story = {
  name: 'an order is begun, changed, reminded of, and looked at again',
  journeys: {
    abandoned: `
journey: abandoned
purpose: offers
enter: { when: order.started, key: order_id, same key: restart }
exit: [{ when: order.completed }]
goal: { when: order.paid, within: 7 days, value: total }
steps:
  - wait: 1 hour
  - send: reminder
    by: [email]
    if not sent: exit
  - await: product.viewed
    within: 2 days
    then:
      - update: { set: { interested: "yes" }, add: { looks: "1" } }
      - if: { trait: plan, is: free }
        then: [{ send: upgrade, by: sms }]
        else: [{ send: thanks, by: sms }]
    else: [{ send: last-call, by: sms }]
`,
  },
  messages: ['reminder', 'upgrade', 'thanks', 'last-call'],
  moments: [
    { at: 0, events: [signedUp, timed(0, ada('started', 'order.started', { order_id: 'o1', total: 7 }))] },
    { at: 30, events: [timed(30, ada('changed', 'order.started', { order_id: 'o1', total: 9 }))] },
    { at: 3 * HOUR, events: [timed(3 * HOUR, ada('viewed', 'product.viewed', { product: 'bun' }))] },
    { at: 5 * HOUR, events: [timed(5 * HOUR, ada('paid', 'order.paid', { order_id: 'o1', total: 9 }))] },
  ],
  until: 12 * DAY,
}

export const ordersCompleted: Story = {
  name: 'runs end before and after their message, by an exit and by themselves',
  journeys: {
    abandoned: `
journey: abandoned
purpose: offers
enter: { when: order.started, key: order_id }
exit: [{ when: order.completed, where: { property: order_id, same as: entry.order_id } }]
steps:
  - wait: 1 hour
  - { send: reminder, by: email }
  - await: product.viewed
    within: 1 day
`,
  },
  messages: ['reminder'],
  moments: [
    {
      at: 0,
      events: [
        signedUp,
        timed(0, ada('s1', 'order.started', { order_id: 'o1' })),
        timed(0, ada('s2', 'order.started', { order_id: 'o2' })),
      ],
    },
    {
      at: 20,
      events: [
        timed(20, ada('c1', 'order.completed', { order_id: 'o1' })),
        timed(20, ada('s3', 'order.started', { order_id: 'o3' })),
      ],
    },
    { at: 3 * HOUR, events: [timed(3 * HOUR, ada('c2', 'order.completed', { order_id: 'o2' }))] },
  ],
  until: 12 * DAY,
}

export const aStrangerSignsIn: Story = {
  name: 'a stranger turns out to be a customer while a journey of hers is under way',
  journeys: {
    browsing: `
journey: browsing
purpose: offers
enter: { when: product.viewed, key: product }
steps:
  - await: customer.signed-in
    within: 1 day
    then: [{ wait: 10 minutes }, { send: welcome-back, by: email }]
    else: [{ send: too-late, by: email }]
`,
    thanks: `
journey: thanks
purpose: service
enter: { when: customer.signed-in }
steps: [{ send: signed-in, by: [push, email] }]
`,
  },
  messages: ['welcome-back', 'too-late', 'signed-in'],
  moments: [
    { at: 0, events: [{ ...signedUp, device: { id: 'old-phone', platform: 'ios' } }] },
    {
      at: 5,
      events: [
        {
          id: 'looked',
          type: 'product.viewed',
          identifiers: { anonymousId: 'somebody', deviceId: 'phone' },
          device: { id: 'phone', platform: 'android', pushToken: 'token' },
          traits: { theme: 'dark' },
          properties: { product: 'bun' },
        },
      ],
    },
    {
      at: 10,
      events: [{ ...ada('signed-in', 'customer.signed-in'), identifiers: { userId: 'ada', anonymousId: 'somebody' } }],
    },
    {
      at: 15,
      events: [
        {
          id: 'looked',
          type: 'product.viewed',
          identifiers: { anonymousId: 'somebody' },
          properties: { product: 'bun' },
        },
      ],
    },
  ],
  until: 12 * DAY,
}

export const nobodyLooks: Story = {
  name: 'nothing that was awaited comes',
  journeys: {
    waiting: `
journey: waiting
purpose: offers
enter: { when: order.started }
steps:
  - await:
      - when: product.viewed
      - { when: message.opened, then: [{ send: opened, by: email }] }
    within: 6 hours
    else: [{ send: last-call, by: email }]
`,
  },
  messages: ['opened', 'last-call'],
  moments: [{ at: 0, events: [signedUp, ada('started', 'order.started')] }],
  until: 12 * DAY,
}

/** In Copenhagen it is eleven when the stories begin. */
const QUIET_NOON = aBrandFile({ more: 'quiet hours: { from: "10:30", to: "13:00" }' })

export const aQuietNoon: Story = {
  name: 'a message is held until the quiet hours are over',
  brand: QUIET_NOON,
  journeys: {
    quiet: `
journey: quiet
purpose: offers
enter: { when: order.started }
steps: [{ send: reminder, by: email, if not sent: [{ send: last-call, by: sms }] }]
`,
  },
  messages: ['reminder', 'last-call'],
  moments: [{ at: 0, events: [signedUp, ada('started', 'order.started')] }],
  until: 12 * DAY,
}

export const aComplaint: Story = {
  name: 'a complaint is handed over, answered and closed, and the journey goes on',
  journeys: {
    complaint: `
journey: complaint
purpose: service
enter: { when: complaint.made }
steps:
  - hand over: care
    note: "{{ entry.topic }}"
    within: 2 days
    then: [{ send: how-did-we-do, by: email }]
    else: [{ send: sorry, by: email }]
`,
  },
  messages: ['how-did-we-do', 'sorry'],
  moments: [
    { at: 0, events: [signedUp, timed(0, ada('complained', 'complaint.made', { topic: 'cold' }))] },
    { at: 30, events: [timed(30, ada('wrote', 'message.answered', { text: 'Hello?' }, { channel: 'sms' }))] },
    { at: 60, events: [], act: replyOnce },
    { at: 90, events: [], act: closeOnce },
  ],
  until: 12 * DAY,
}

/** The only one there is. */
async function conversationIn({ table }: World): Promise<string> {
  const { items } = await table.scan({ limit: 1_000 })
  return items.find(({ sk }) => sk === 'V')?.pk.slice(2) ?? ''
}

async function replyOnce(world: World): Promise<void> {
  const conversation = await conversationIn(world)
  await reply(world, { conversation, reply: 'one', agent: 'Bo', text: 'Sorry' })
}

/** Whoever does it again finds it closed. */
async function closeOnce(world: World): Promise<void> {
  await closeConversation(world, await conversationIn(world), { agent: 'Bo' }).catch((error: unknown) => {
    if (!isNamed(error, 'Conflict')) throw error
  })
}

/** Ends the same wherever the process dies. */
export const stories = [anOrderAbandoned, ordersCompleted, aStrangerSignsIn, nobodyLooks, aQuietNoon, aComplaint]

/** A marketing message and a service message, sent at the same time. */
function twoMessages(name: string, provider: FakeProviderOptions, feedback = false): Story {
  return {
    name,
    provider,
    journeys: {
      offer: `
journey: offer
purpose: offers
enter: { when: order.started }
steps: [{ send: offer, by: [push, email] }, { wait: 1 hour }]
`,
      receipt: `
journey: receipt
purpose: service
enter: { when: order.started }
steps: [{ wait: 1 minute }, { send: receipt, by: [push, sms] }]
`,
    },
    messages: ['offer', 'receipt'],
    moments: [
      {
        at: 0,
        events: [
          { ...signedUp, device: { id: 'phone', platform: 'ios', pushToken: 'token' } },
          ada('started', 'order.started'),
        ],
      },
      ...(feedback ? [{ at: 8, events: [], feedback }] : []),
    ],
    until: 2 * DAY,
  }
}

const firstIs = (answer: 'unavailable' | 'no answer') => (call: number) => (call === 1 ? answer : undefined)
const pushIsRefused: FakeProviderOptions['answers'] = (_, { channel }) => (channel === 'push' ? 'refused' : undefined)

/** The provider knows repetitions, or surely did not take the message: the end is the same too. */
const unread: Story = {
  name: 'nobody opens a message, so that it goes out by the next channel, and that ends the run',
  journeys: {
    chased: `
journey: chased
purpose: offers
enter: { when: order.started }
steps:
  - send: reminder
    by: [email, sms]
    try next after: 4 hours
`,
  },
  messages: ['reminder'],
  moments: [{ at: 0, events: [signedUp, timed(0, ada('started', 'order.started'))] }],
  until: DAY,
}

export const surelySent = [
  unread,
  twoMessages('the provider knows repetitions', { idempotency: 'key' }),
  twoMessages('the provider knows repetitions, and is away at first', {
    idempotency: 'key',
    answers: firstIs('unavailable'),
  }),
  twoMessages('the provider knows repetitions, and its first answer is lost', {
    idempotency: 'key',
    answers: firstIs('no answer'),
  }),
  twoMessages('the provider knows repetitions, and refuses one channel', {
    idempotency: 'key',
    answers: pushIsRefused,
  }),
]

/** Nobody can ask the provider whether it took a message. */
export const perhapsSent = (['tags', 'none'] as const).flatMap((idempotency) => [
  twoMessages(`the provider has ${idempotency}`, { idempotency }),
  twoMessages(`the provider has ${idempotency}, and reports`, { idempotency }, true),
  twoMessages(`the provider has ${idempotency}, and is away at first`, {
    idempotency,
    answers: firstIs('unavailable'),
  }),
  twoMessages(`the provider has ${idempotency}, and its first answer is lost`, {
    idempotency,
    answers: firstIs('no answer'),
  }),
  twoMessages(`the provider has ${idempotency}, and refuses one channel`, { idempotency, answers: pushIsRefused }),
])
