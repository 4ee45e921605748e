import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Dispatch, dispatchKey, readDispatch } from '#shared/dispatches/dispatch-row.ts'
import { listDeadLetters } from '#shared/recording/doors/dead-letters.ts'
import { receiveFeedback } from '#shared/recording/doors/receive-feedback.ts'
import type { Outgoing, Provider } from '#shared/world/provider.ts'
import { aStage, type Stage } from '#test/builders/a-system.ts'
import { sesEvent } from './email-reports.ts'
import { INBOUND_TEXT, smsEvent } from './text-reports.ts'
import { whatsAppWords } from './whatsapp-reports.ts'

/*
 * Reports come late, twice, in any order, before we know what they are about, and about what is not ours: what is known
 * of a message in the end is the same.
 */

const ADA = { kind: 'userId', value: 'ada' } as const
const PHONE = '+4520123456'
const EMAIL = 'ada@example.org'
const MINUTE = 60_000
/** When a queue gives a message again that was not taken. */
const AGAIN = '362 seconds'

const journeyOf = (by: string) =>
  `journey: ${by}\npurpose: offers\nenter: { when: write.${by} }\nsteps: [{ send: hello, by: ${by} }]\n`

interface Line {
  readonly sent: Outgoing[]
  /** What happens while the provider has a message and we do not know it yet. */
  meanwhile?: (message: Outgoing) => Promise<void>
  isBroken?: boolean
}

async function aLine() {
  const line: Line = { sent: [] }
  const provider = (channel: string, idempotency: Provider['idempotency']): Provider => ({
    name: channel,
    idempotency,
    deliver: async (message) => {
      line.sent.push(message)
      await line.meanwhile?.(message)
      if (line.isBroken) throw new Error('socket hang up')
      return { outcome: 'accepted', providerId: idOf(message) }
    },
  })
  const stage = await aStage({
    journeys: { email: journeyOf('email'), sms: journeyOf('sms') },
    messages: ['hello'],
    at: '2026-11-21T12:00:10Z',
    providers: { email: provider('email', 'tags'), sms: provider('sms', 'none') },
  })
  await stage.receive({
    type: 'customer.signed-up',
    identifiers: { userId: 'ada', email: EMAIL, phone: PHONE },
    consent: { offers: { email: true, sms: true } },
  })
  return { stage, line }
}

const idOf = ({ channel, dispatch }: Outgoing) => `${channel}-${dispatch}`

/** Delivers events as a queue does: those that should come again do, and after five times nobody sees them any more. */
async function tell(stage: Stage, ...events: readonly object[]): Promise<void> {
  const { system } = stage
  let open = events.map((body, at) => ({ messageId: `sqs-${at}`, body, sentAt: system.clock.now() }))
  for (let times = 0; times < 5 && open.length > 0; times++) {
    if (times > 0) await stage.advance(AGAIN)
    const again = await receiveFeedback(open, system.world)
    await system.clock.advance(0)
    open = open.filter(({ messageId }) => again.includes(messageId))
  }
  if (open.length > 0) throw new Error(`${open.length} reports lie in the dead-letter queue.`)
}

async function send(stage: Stage, line: Line, by: 'email' | 'sms'): Promise<Outgoing> {
  await stage.receive({ type: `write.${by}`, identifiers: { userId: 'ada' } })
  return line.sent.at(-1)!
}

const dispatchOf = async ({ system }: Stage, { customer, dispatch }: Outgoing): Promise<Dispatch> =>
  readDispatch((await system.world.table.get(dispatchKey(customer, dispatch)))!)

/** What is known of a message and its reader in the end. Of a fact told twice, either time may stand. */
async function whatIsKnown(stage: Stage, message: Outgoing) {
  const { state, ...dispatch } = await dispatchOf(stage, message)
  const customer = await stage.customer(ADA)
  return {
    state,
    facts: Object.keys(dispatch)
      .filter((name) => name.endsWith('At'))
      .toSorted(),
    closed: customer?.profile.suppressed.map(({ address, reason }) => [address, reason]),
    thread: customer?.thread.flatMap((entry) => (entry.kind === 'touchpoint' ? [entry.type] : [])).toSorted(),
  }
}

const iso = (at: number) => new Date(at).toISOString()

/** What becomes of an email, a minute between each. */
function emailStory(message: Outgoing, sentAt: number): readonly object[] {
  const about = {
    messageId: idOf(message),
    to: message.to,
    tags: { ...message.tags, dispatch: message.dispatch, customer: message.customer },
  }
  const seen = (minutes: number) => ({
    timestamp: iso(sentAt + minutes * MINUTE),
    ipAddress: '192.0.2.1',
    userAgent: 'x',
  })
  return [
    sesEvent('Email Sent', 'Send', { send: {} }, about),
    sesEvent('Email Delivered', 'Delivery', { delivery: { timestamp: iso(sentAt + MINUTE), recipients: [] } }, about),
    sesEvent('Email Opened', 'Open', { open: { ...seen(2), isBotEvent: 'Likely' } }, about),
    sesEvent('Email Opened', 'Open', { open: { ...seen(3), isBotEvent: 'Unlikely' } }, about),
    sesEvent('Email Opened', 'Open', { open: { ...seen(4), isBotEvent: 'Unlikely' } }, about),
    sesEvent(
      'Email Clicked',
      'Click',
      { click: { ...seen(5), link: 'https://kaffi.example/', linkTags: null } },
      about,
    ),
    sesEvent(
      'Email Complaint Received',
      'Complaint',
      { complaint: { timestamp: iso(sentAt + 6 * MINUTE), complaintSubType: null, complaintFeedbackType: 'abuse' } },
      about,
    ),
    sesEvent(
      'Email Bounced',
      'Bounce',
      { bounce: { timestamp: iso(sentAt + 7 * MINUTE), bounceType: 'Permanent', bounceSubType: 'General' } },
      about,
    ),
  ]
}

/** What becomes of a text: the carrier takes it for the last word, and then it arrives all the same. */
function textStory(message: Outgoing, sentAt: number): readonly object[] {
  const event = (eventType: string, minutes: number, isFinal: boolean) =>
    smsEvent(eventType, {
      messageId: idOf(message),
      at: sentAt + minutes * MINUTE,
      isFinal,
      context: undefined,
      to: undefined,
    })
  return [
    event('TEXT_PENDING', 1, false),
    event('TEXT_SUCCESSFUL', 2, true),
    event('TEXT_DELIVERED', 3, true),
    event('TEXT_UNREACHABLE', 4, true),
    event('TEXT_INVALID', 5, true),
  ]
}

const STORIES = { email: emailStory, sms: textStory } as const

describe.each(Object.entries(STORIES))('reports on %s', (channel, storyOf) => {
  const by = channel as keyof typeof STORIES

  async function reported(arrange: (story: readonly object[]) => readonly (readonly object[])[], wait = '8 minutes') {
    const { stage, line } = await aLine()
    const message = await send(stage, line, by)
    const story = storyOf(message, stage.system.clock.now())
    await stage.advance(wait)
    for (const batch of arrange(story)) await tell(stage, ...batch)
    return whatIsKnown(stage, message)
  }

  it('say the same late as in time, and when all of them come at once', async () => {
    const known = await reported((story) => story.map((event) => [event]))
    expect(known.facts).toEqual(expect.arrayContaining(['deliveredAt', 'bouncedAt']))
    expect(await reported((story) => story.map((event) => [event]), '3 days')).toEqual(known)
    expect(await reported((story) => [story])).toEqual(known)
  })

  it('say the same in any order, however often', async () => {
    const known = await reported((story) => story.map((event) => [event]))
    const all = [0, 1, 2, 3, 4, 5, 6, 7]
    const before = fc.array(fc.constantFrom(...all), { maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(before, fc.shuffledSubarray(all, { minLength: all.length }), async (some, every) => {
        const arrange = (story: readonly object[]) =>
          [...some, ...every].flatMap((at) => (story[at] === undefined ? [] : [[story[at]]]))
        expect(await reported(arrange)).toEqual(known)
      }),
      { numRuns: 25 },
    )
  })
})

describe('a report', () => {
  it('that comes before we know the message finds it a little later', async () => {
    const { stage, line } = await aLine()
    const early: Promise<void>[] = []
    line.meanwhile = async (message) => {
      const event = smsEvent('TEXT_DELIVERED', { messageId: idOf(message), context: undefined, to: undefined })
      const messages = [{ messageId: 'sqs-early', body: event, sentAt: stage.system.clock.now() }]
      expect(await receiveFeedback(messages, stage.system.world)).toEqual(['sqs-early'])
      early.push(Promise.resolve().then(() => tell(stage, event)))
    }
    const message = await send(stage, line, 'sms')
    await Promise.all(early)
    expect(await whatIsKnown(stage, message)).toMatchObject({
      state: 'sent',
      facts: expect.arrayContaining(['deliveredAt']),
    })
  })

  it.each(['email', 'sms'] as const)('on %s tells that a message went out of which nobody knew it', async (by) => {
    const { stage, line } = await aLine()
    line.isBroken = true
    const message = await send(stage, line, by)
    await stage.advance('1 minute')
    const context = { dispatch: message.dispatch, customer: message.customer }
    const [, delivered] = emailStory(message, stage.system.clock.now())
    await tell(
      stage,
      by === 'email' ? delivered! : smsEvent('TEXT_DELIVERED', { messageId: 'unknown', context, to: PHONE }),
    )
    await stage.advance('1 hour')
    expect((await dispatchOf(stage, message)).state).toBe('sent')
    expect(line.sent).toHaveLength(1)
  })

  it.each([
    ['without a word of whose it is', smsEvent('TEXT_DELIVERED', { messageId: 'theirs', context: undefined })],
    ['with tags as we give them', smsEvent('TEXT_DELIVERED', { messageId: 'theirs', to: '+4599999999' })],
  ])('about a message of another installation in the account changes nothing: %s', async (_, event) => {
    const { stage } = await aLine()
    await tell(stage, event)
    expect(await stage.customer({ kind: 'phone', value: '+14255550156' })).toBeUndefined()
    expect(await stage.customer({ kind: 'phone', value: '+4599999999' })).toBeUndefined()
    expect(await listDeadLetters(stage.system.world)).toEqual([])
  })

  it('that nobody can read is a dead letter, and the others of its batch go on', async () => {
    const { stage, line } = await aLine()
    const message = await send(stage, line, 'email')
    const [, delivered] = emailStory(message, stage.system.clock.now())
    await tell(stage, { source: 'aws.ses', detail: { eventType: 'Delivery' } }, delivered!)
    expect((await dispatchOf(stage, message)).deliveredAt).toBeDefined()
    expect(await listDeadLetters(stage.system.world)).toHaveLength(1)
  })
})

describe('what she writes', () => {
  it.each([
    ['SMS', { ...INBOUND_TEXT, originationNumber: PHONE }],
    ['WhatsApp', whatsAppWords('text', { text: { body: 'Is it still warm?' } })],
  ])('by %s stands in her thread once, however often the topic says it', async (_, notice) => {
    const { stage } = await aLine()
    await tell(stage, notice)
    await tell(stage, notice, notice)
    const thread = (await stage.customer(ADA))?.thread ?? []
    expect(thread.filter((entry) => entry.kind === 'touchpoint' && entry.type === 'message.answered')).toHaveLength(1)
  })

  it('STOP by WhatsApp is a withdrawal there', async () => {
    const { stage } = await aLine()
    await tell(stage, whatsAppWords('text', { text: { body: 'Stop' } }))
    expect((await stage.customer(ADA))?.profile.consent).toContainEqual(
      expect.objectContaining({ channel: 'whatsapp', state: 'withdrawn' }),
    )
  })
})
