import { afterEach, describe, expect, it } from 'vitest'
import { IncomingTouchpoint } from '#shared/touchpoints/touchpoint.ts'
import type { Provider } from '#shared/world/provider.ts'
import { anEmail, anSms, aPush } from '#test/builders/an-outgoing.ts'
import { Database } from './database.ts'
import { feedbackFrom, Outbox, type OutboxMessage } from './outbox.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')

const databases: Database[] = []
afterEach(() => {
  for (const database of databases.splice(0)) database.close()
})

function anOutbox(): Outbox {
  const database = new Database(':memory:')
  databases.push(database)
  return new Outbox({ database, clock: { now: () => NOW } })
}

async function deliverAll(provider: Provider, count: number): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, (_, index) =>
      provider.deliver(anEmail({ dispatch: `dsp_${index}`, customer: `cus_${index % 2}` })),
    ),
  )
}

describe('Outbox', () => {
  it('takes a message and has it there, delivered', async () => {
    const outbox = anOutbox()
    const delivery = await outbox.providerFor('email').deliver(anEmail())
    expect(delivery).toEqual({ outcome: 'accepted', providerId: expect.stringMatching(/^msg_/), delivered: true })
    expect(outbox.list()).toEqual([
      { id: delivery.outcome === 'accepted' && delivery.providerId, at: NOW, ...anEmail() },
    ])
  })

  it('keeps one message of a dispatch that is delivered again, also at once, and answers alike', async () => {
    const outbox = anOutbox()
    const heard: OutboxMessage[] = []
    outbox.onMessage((message) => heard.push(message))
    const provider = outbox.providerFor('email')
    const [first, second] = await Promise.all([provider.deliver(anEmail()), provider.deliver(anEmail())])
    const third = await provider.deliver(anEmail({ to: 'other@example.org' }))
    expect([second, third]).toEqual([first, first])
    expect([outbox.count(), heard.length]).toEqual([1, 1])
    expect(outbox.list()[0]?.to).toBe('ada@example.org')
  })

  it('says that a message may be delivered again by its key', () => {
    expect(anOutbox().providerFor('sms')).toMatchObject({ name: 'outbox-sms', idempotency: 'key' })
  })

  it('lists the newest first, page by page', async () => {
    const outbox = anOutbox()
    await deliverAll(outbox.providerFor('email'), 5)
    const page = outbox.list({ limit: 2 })
    expect(page.map(({ dispatch }) => dispatch)).toEqual(['dsp_4', 'dsp_3'])
    const next = outbox.list({ limit: 2, before: page[1]!.id })
    expect(next.map(({ dispatch }) => dispatch)).toEqual(['dsp_2', 'dsp_1'])
    expect(outbox.list({ before: next[1]!.id, customer: 'cus_1' })).toEqual([])
    expect(outbox.list({ before: 'msg_unknown' })).toEqual([])
  })

  it('lists those of a channel, a customer, an address', async () => {
    const outbox = anOutbox()
    await deliverAll(outbox.providerFor('email'), 4)
    await outbox.providerFor('sms').deliver(anSms({ dispatch: 'dsp_sms', customer: 'cus_1' }))
    expect(outbox.list({ channel: 'sms' }).map(({ dispatch }) => dispatch)).toEqual(['dsp_sms'])
    expect(outbox.list({ customer: 'cus_1' }).map(({ dispatch }) => dispatch)).toEqual(['dsp_sms', 'dsp_3', 'dsp_1'])
    expect(outbox.list({ to: '+4520000000', channel: 'email' })).toEqual([])
    expect(outbox.countsByChannel()).toEqual({ email: 4, sms: 1 })
  })

  it('finds a message by its id, and nothing by another', async () => {
    const outbox = anOutbox()
    await outbox.providerFor('email').deliver(anEmail())
    const [message] = outbox.list()
    expect(outbox.get(message!.id)).toEqual(message)
    expect(outbox.get('msg_unknown')).toBeUndefined()
  })

  it('tells those who listen, until they stop', async () => {
    const outbox = anOutbox()
    const heard: string[] = []
    const stop = outbox.onMessage(({ dispatch }) => heard.push(dispatch))
    const provider = outbox.providerFor('email')
    await provider.deliver(anEmail({ dispatch: 'one' }))
    stop()
    await provider.deliver(anEmail({ dispatch: 'two' }))
    expect(heard).toEqual(['one'])
  })
})

describe('feedbackFrom', () => {
  const message: OutboxMessage = {
    id: 'msg_1',
    at: NOW,
    ...anEmail({ tags: { journey: 'abandoned-order', step: 'wait' } }),
  }
  const later = { now: NOW + 1_000 }

  it.each([
    ['email', message, { email: 'ada@example.org' }],
    ['sms', { ...message, ...anSms() }, { phone: '+4520000000' }],
    ['push', { ...message, ...aPush() }, { customerId: 'cus_1' }],
  ])('is a touchpoint as her %s provider would report it', (channel, given, identifiers) => {
    const feedback = feedbackFrom(given, 'opened', later)
    expect(feedback).toMatchObject({
      type: 'message.opened',
      occurredAt: '2026-11-21T12:00:01.000Z',
      channel,
      direction: 'in',
      identifiers,
      properties: { dispatch: 'dsp_1', messageId: 'msg_1' },
    })
    expect(IncomingTouchpoint.safeParse(feedback).success).toBe(true)
  })

  it.each([
    ['delivered', {}, {}],
    ['clicked', { link: 'https://kaffi.example/' }, { link: 'https://kaffi.example/' }],
    ['bounced', {}, { permanent: true }],
    ['bounced', { permanent: false }, { permanent: false }],
    ['complained', {}, {}],
    ['answered', { text: 'STOP' }, { text: 'STOP', subject: `Re: ${String(message.content.subject)}` }],
  ] as const)('says what there is to say when it was %s %j', (what, details, properties) => {
    expect(feedbackFrom(message, what, { ...later, ...details }).properties).toEqual({
      journey: 'abandoned-order',
      step: 'wait',
      dispatch: 'dsp_1',
      customer: 'cus_1',
      messageId: 'msg_1',
      ...properties,
    })
  })

  it('is the same fact when it is done again, but for another link, another answer, another time of answering', () => {
    const id = (...[what, details]: [Parameters<typeof feedbackFrom>[1], object?]) =>
      feedbackFrom(message, what, { ...later, ...details }).id
    expect(id('opened', { now: NOW + 9_000 })).toBe(id('opened'))
    const different = [
      id('opened'),
      id('clicked', { link: 'a' }),
      id('clicked', { link: 'b' }),
      id('answered', { text: 'yes' }),
      id('answered', { text: 'no' }),
      id('answered', { text: 'yes', now: NOW + 9_000 }),
    ]
    expect(new Set(different).size).toBe(different.length)
  })
})
