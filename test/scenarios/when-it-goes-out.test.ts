import { describe, expect, it } from 'vitest'
import { aBrandFile, aStage, type Stage } from '#test/builders/a-system.ts'

/*
 * When a message may go out: at no hour that is night where she may be, at no hour that the law forbids, at her own
 * hour where it asks for that; and of two that cannot both go out, the one that matters more.
 */

const ADA = { kind: 'userId', value: 'ada' } as const
const identifiers = { userId: 'ada' }
const known = {
  type: 'customer.signed-up',
  identifiers: { ...identifiers, phone: '+4520123456' },
  consent: { offers: { sms: true, push: true } },
  device: { id: 'phone', platform: 'ios', pushToken: 'token' },
}
const american = { ...known, identifiers: { ...identifiers, phone: '+12125550123' } }
const started = { type: 'order.started', identifiers }

interface Options {
  readonly at?: string
  readonly her?: object
  readonly brand?: string
}

async function stage(steps: string, { at, her = known, brand }: Options = {}): Promise<Stage> {
  const journeyOf = (name: string, priority: number): string =>
    `journey: ${name}\npurpose: offers\npriority: ${priority}\nenter: { when: order.started }\nsteps: ${steps}\n`
  const made = await aStage({
    journeys: { one: journeyOf('one', 0) },
    messages: ['hello', 'more'],
    forms: ['sms', 'push'],
    ...{ at, brand },
  })
  await made.receive({ ...her, occurredAt: new Date(made.system.clock.now() - 60_000).toISOString() })
  return made
}

const arrivals = ({ messages }: Stage): readonly string[] => messages().map(({ at }) => new Date(at).toISOString())

const reasons = async ({ customer }: Stage): Promise<readonly string[]> =>
  ((await customer(ADA))?.thread ?? []).flatMap((entry) => (entry.kind === 'message' ? entry.reasons : []))

describe('where nobody knows her zone', () => {
  it('a message waits until it is day in every zone that may be hers', async () => {
    const made = await stage('[{ send: hello, by: push }]', { her: american, at: '2026-06-10T14:00:00Z' })
    await made.receive(started)
    await made.advance('1 day')
    // Nine o'clock on the Aleutian Islands, and in Hawaii; in New York it is three in the afternoon.
    expect(arrivals(made)).toEqual([expect.stringMatching(/^2026-06-10T19:0\d:/)])
    expect((await reasons(made)).join()).toContain('or one of 28 others, by her phone number')
  })

  it('and goes out at once where she has told us the zone', async () => {
    const her = { ...american, traits: { timeZone: 'America/New_York' } }
    const made = await stage('[{ send: hello, by: push }]', { her, at: '2026-06-10T14:00:00Z' })
    await made.receive(started)
    expect(made.arrived()).toHaveLength(1)
  })
})

describe('the law', () => {
  const NO_NIGHT = 'quiet hours: none'

  it('holds marketing by SMS to a number of the USA, though the brand has no quiet hours', async () => {
    const her = { ...american, traits: { timeZone: 'America/New_York' } }
    const brand = aBrandFile({ more: NO_NIGHT })
    const made = await stage('[{ send: hello, by: sms }]', { her, brand, at: '2026-06-10T11:30:00Z' })
    await made.receive(started)
    await made.advance('1 day')
    expect(arrivals(made)).toEqual(['2026-06-10T12:00:00.000Z'])
    expect((await reasons(made)).join()).toContain('TCPA, 47 CFR 64.1200(c)(1): not from 21:00 to 08:00')
  })

  it('is stricter than the brand’s general hours, unless the brand names its own for that country', async () => {
    const her = { ...american, traits: { timeZone: 'America/New_York' } }
    const general = aBrandFile({ more: 'quiet hours: { from: "22:00", to: "06:00" }' })
    const named = aBrandFile({
      more: 'quiet hours: { from: "22:00", to: "06:00", countries: { US: { from: "22:00", to: "06:00" } } }',
    })
    for (const [brand, morning] of [
      [general, '13:00'],
      [named, '12:00'],
    ] as const) {
      const made = await stage('[{ send: hello, by: sms }]', { her, brand, at: '2026-06-10T11:30:00Z' })
      await made.receive(started)
      await made.advance('1 day')
      expect(arrivals(made)).toEqual([`2026-06-10T${morning}:00.000Z`])
    }
  })

  it('says nothing of service messages, of push, nor of other countries', async () => {
    const brand = aBrandFile({ more: NO_NIGHT })
    for (const [steps, her] of [
      ['[{ send: hello, by: sms, purpose: service }]', american],
      ['[{ send: hello, by: push }]', american],
      ['[{ send: hello, by: sms }]', known],
    ] as const) {
      const made = await stage(steps, { her, brand, at: '2026-06-10T03:00:00Z' })
      await made.receive(started)
      expect(made.arrived()).toHaveLength(1)
    }
  })
})

describe('at: her hour', () => {
  const HER_HOUR = '[{ send: hello, by: push, at: her hour }]'

  const opened = (day: number, hour: number) => ({
    ...{ type: 'message.opened', channel: 'push', identifiers },
    occurredAt: `2026-03-0${day}T${hour}:20:00Z`,
  })

  it('waits for the hour in which she opens what we send', async () => {
    const made = await stage(HER_HOUR)
    await made.receive(opened(5, 17), opened(6, 17), opened(7, 12), started)
    expect((await reasons(made)).join()).toContain('18:00, Europe/Copenhagen, when she most often opens what we send')
    await made.advance('1 day')
    expect(arrivals(made)).toEqual([expect.stringMatching(/^2026-03-10T17:0\d:/)])
  })

  it.each([
    ['the brand’s where nobody knows hers', '', '2026-03-11T09:0'],
    ['the one that the brand names', 'usual hour: "16:30"', '2026-03-10T15:3'],
  ])('is %s', async (_which, more, time) => {
    const made = await stage(HER_HOUR, { brand: aBrandFile({ more }) })
    await made.receive(opened(5, 17), opened(6, 18), started)
    await made.advance('1 day')
    expect(arrivals(made)).toEqual([expect.stringMatching(new RegExp(`^${time}`))])
  })

  it('is never one of the quiet ones, though she opens then', async () => {
    const made = await stage(HER_HOUR)
    await made.receive(opened(5, 22), opened(6, 22), opened(7, 22), opened(7, 18), started)
    await made.advance('1 day')
    expect(arrivals(made)).toEqual([expect.stringMatching(/^2026-03-10T18:0\d:/)])
  })

  it('goes out at once within that hour, and where it would come after the deadline', async () => {
    const within = await stage(HER_HOUR, { at: '2026-03-10T17:40:00Z' })
    await within.receive(opened(5, 17), opened(6, 17), opened(7, 17), started)
    expect(within.arrived()).toHaveLength(1)
    const late = await stage('[{ send: hello, by: push, at: her hour, deadline: 5 hours }]')
    await late.receive(opened(5, 17), opened(6, 17), opened(7, 17), started)
    expect(late.arrived()).toHaveLength(1)
  })
})

describe('of two messages that cannot both go out', () => {
  const journeyOf = (name: string, priority: number, message: string): string =>
    `journey: ${name}\npurpose: offers\npriority: ${priority}\nenter: { when: ${name}.due }\nsteps: [{ send: ${message}, by: push }]\n`
  const journeys = { small: journeyOf('small', 1, 'hello'), great: journeyOf('great', 9, 'more') }
  const stageOf = (offers: string, at: string): Promise<Stage> =>
    aStage({ journeys, messages: ['hello', 'more'], forms: ['push'], brand: aBrandFile({ offers }), at })

  it('the one that matters more does, though the other was there first', async () => {
    const made = await stageOf(
      '{ consent: required, channels: push, caps: [{ up to: 1, per: 2 days }] }',
      '2026-03-10T22:00:00Z',
    )
    await made.receive(known, { type: 'small.due', identifiers }, { type: 'great.due', identifiers })
    await made.advance('1 day')
    expect(made.arrived()).toEqual(['push more'])
    expect((await reasons(made)).join()).toContain('1 of higher priority waits')
    await made.advance('2 days')
    expect(made.arrived()).toEqual(['push more', 'push hello'])
  })

  it('the last place that a cap reserves is kept for it', async () => {
    const caps = '[{ up to: 2 times, per: 1 day, reserve: 1 time, for priority: 5 }]'
    const made = await stageOf(`{ consent: required, channels: push, caps: ${caps} }`, '2026-03-10T10:00:00Z')
    await made.receive(known, { type: 'small.due', identifiers })
    await made.receive({ type: 'small.due', identifiers })
    expect(made.arrived()).toEqual(['push hello'])
    expect(await reasons(made)).toContain(
      'push: What is left of this time is kept for messages that matter more (2 in 1 day, 1 of them for priority 5 and above).',
    )
    await made.receive({ type: 'great.due', identifiers })
    expect(made.arrived()).toEqual(['push hello', 'push more'])
    await made.advance('2 days')
    expect(made.arrived()).toEqual(['push hello', 'push more', 'push hello'])
  })
})

describe('the control group of the brand', () => {
  const brand = aBrandFile({ more: 'holdout: 100%' })

  it('enters no journey of marketing', async () => {
    const made = await stage('[{ send: hello, by: push }]', { brand })
    await made.receive(started)
    expect((await made.customer(ADA))?.thread.map(({ text }) => text)).toContain('left one: holdout')
  })

  it('gets of a service journey the service messages, and no marketing', async () => {
    const steps = '[{ send: hello, by: push, purpose: offers }, { send: more, by: push }]'
    const one = `journey: one\npurpose: service\nenter: { when: order.started }\nsteps: ${steps}\n`
    const made = await aStage({ journeys: { one }, messages: ['hello', 'more'], forms: ['push'], brand })
    await made.receive(known, started)
    expect(made.arrived()).toEqual(['push more'])
    expect(await reasons(made)).toContain('push: She is in the control group that gets no marketing at all.')
  })
})
