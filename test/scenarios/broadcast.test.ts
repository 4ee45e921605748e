import { describe, expect, it } from 'vitest'
import { steer } from '#shared/journeys/versions/steer.ts'
import { aStage, type Stage } from '#test/builders/a-system.ts'

/*
 * One message to everybody in a segment, at a moment that the marketer chose.
 */

const SEGMENTS = { pros: '{ trait: plan, is: pro }' }

/** It is 11:00 in Copenhagen on 10 March. */
const broadcast = (enter: string, more = '') => `
journey: news
purpose: offers
enter: ${enter}
${more}
steps: [{ send: hello }]
`

const person = (n: number, more: object = {}) => ({
  type: 'customer.signed-up',
  identifiers: { phone: `+45201${10_000 + n}` },
  traits: { plan: 'pro' },
  consent: { offers: { sms: true } },
  ...more,
})

async function stage(enter: string, more = '', people = 20): Promise<Stage> {
  const made = await aStage({
    journeys: { news: broadcast(enter, more) },
    segments: SEGMENTS,
    messages: ['hello'],
    forms: ['sms'],
  })
  await made.receive(...Array.from({ length: people }, (_, n) => person(n)))
  return made
}

const ONCE = '{ once: "2026-03-10 15:00", segment: pros }'

describe('a broadcast', () => {
  it('reaches everybody in the segment once, at its moment', async () => {
    const { receive, advance, messages, system } = await stage(ONCE)
    await receive(person(99, { traits: { plan: 'free' } }))
    await advance('3 hours 59 minutes')
    expect(messages()).toEqual([])
    await advance('1 minute')
    expect(new Set(messages().map(({ to }) => to)).size).toBe(20)
    await advance('30 days')
    expect(messages()).toHaveLength(20)
    expect(system.machines.counts()).toMatchObject({ running: 0, succeeded: 0 })
  })

  it('leaves an enrolment and a dispatch with each', async () => {
    const { advance, customer } = await stage(ONCE, '', 1)
    await advance('4 hours')
    const ada = await customer({ kind: 'phone', value: '+4520110000' })
    expect(ada?.thread.slice(-3).map(({ text }) => text)).toEqual([
      'hello delivered by sms',
      'entered news, version 1',
      'left news: completed',
    ])
  })

  it('is not sent to who did not allow it, and says why', async () => {
    const { receive, advance, messages, customer } = await stage(ONCE, '', 1)
    await receive(person(0, { consent: { offers: { sms: false } } }))
    await advance('4 hours')
    expect(messages()).toEqual([])
    const ada = await customer({ kind: 'phone', value: '+4520110000' })
    expect(ada?.thread.map(({ text }) => text)).toContain('left news: not-sent')
  })

  it('that is put off goes on by itself, and ends when it is over', async () => {
    const { advance, messages, system } = await stage('{ once: "2026-03-10 23:00", segment: pros }')
    await advance('12 hours')
    expect(messages()).toEqual([])
    expect(system.machines.counts()).toMatchObject({ running: 20 })
    await advance('1 day')
    expect(new Set(messages().map(({ to }) => to)).size).toBe(20)
    expect(messages()).toHaveLength(20)
    expect(system.machines.counts()).toMatchObject({ running: 0, succeeded: 20 })
  })

  it('that is put off is not for who left the journey meanwhile', async () => {
    const { receive, advance, messages } = await stage(
      '{ once: "2026-03-10 23:00", segment: pros }',
      'exit: { when: order.completed }',
      2,
    )
    await advance('12 hours')
    await receive({ type: 'order.completed', identifiers: { phone: '+4520110000' } })
    await advance('1 day')
    expect(messages().map(({ to }) => to)).toEqual(['+4520110001'])
  })

  it('leaves its control group alone, and writes down whom', async () => {
    const { advance, messages, system } = await stage(ONCE, 'holdout: 40%', 60)
    await advance('4 hours')
    expect(messages().length).toBeGreaterThan(20)
    expect(messages().length).toBeLessThan(50)
    const { items } = await system.world.table.query({ pk: 'S', prefix: 'DAY#' })
    expect(items[0]?.['ended.news.holdout']).toBe(60 - messages().length)
  })

  it('asks its condition, and keeps the refusal in her thread', async () => {
    const { receive, advance, messages, customer } = await stage(
      '{ once: "2026-03-10 15:00", segment: pros, if: { trait: vip, is: "yes" } }',
      '',
      2,
    )
    await receive(person(1, { traits: { vip: 'yes' } }))
    await advance('4 hours')
    expect(messages().map(({ to }) => to)).toEqual(['+4520110001'])
    const other = await customer({ kind: 'phone', value: '+4520110000' })
    expect(other?.thread.map(({ text }) => text)).toContain('journey.started on journey (news not entered: condition)')
  })

  it('whose moment was over before it was published reaches nobody', async () => {
    const { advance, messages } = await stage('{ once: "2026-03-10 10:59", segment: pros }')
    await advance('30 days')
    expect(messages()).toEqual([])
  })

  it('takes the moment of its latest version', async () => {
    const { publish, advance, messages } = await stage(ONCE)
    await publish({
      journeys: { news: broadcast('{ once: "2026-03-11 15:00", segment: pros }') },
      segments: SEGMENTS,
      messages: ['hello'],
      forms: ['sms'],
    })
    await advance('20 hours')
    expect(messages()).toEqual([])
    await advance('8 hours')
    expect(messages()).toHaveLength(20)
  })

  it('is not sent once its journey is retired', async () => {
    const { system, advance, messages } = await stage(ONCE)
    await steer(system.world, 'news', 'retire', 'Ada')
    await advance('2 days')
    expect(messages()).toEqual([])
  })

  it('waits while its journey is paused', async () => {
    const { system, advance, messages } = await stage(ONCE)
    await steer(system.world, 'news', 'pause', 'Ada')
    await advance('6 hours')
    expect(messages()).toEqual([])
    await steer(system.world, 'news', 'resume', 'Ada')
    await advance('2 minutes')
    expect(messages()).toHaveLength(20)
  })

  it('goes out at that hour where each is', async () => {
    const { receive, advance, arrived } = await stage('{ once: "2026-03-11 15:00", zone: hers, segment: pros }', '', 0)
    const zones = ['Pacific/Kiritimati', 'Asia/Tokyo', 'Europe/Copenhagen', 'Europe/London', 'Pacific/Honolulu']
    await receive(...zones.map((timeZone, n) => person(n, { traits: { plan: 'pro', timeZone } })))
    await advance('13 hours')
    for (const hours of [2, 5, 8, 1, 10]) {
      const before = arrived().length
      await advance(`${hours} hours`)
      expect(arrived().length - before).toBe(1)
    }
    await advance('5 days')
    expect(new Set(arrived('+4520110004'))).toEqual(new Set(['sms hello']))
    expect(arrived()).toHaveLength(5)
  })

  it('may be one of several steps, which need a machine', async () => {
    const made = await aStage({
      journeys: {
        news: `${broadcast(ONCE).replace('[{ send: hello }]', '[{ send: hello }, { wait: 1 day }, { send: hello }]')}`,
      },
      segments: SEGMENTS,
      messages: ['hello'],
      forms: ['sms'],
    })
    await made.receive(person(1), person(2))
    await made.advance('4 hours')
    expect(made.messages()).toHaveLength(2)
    await made.advance('1 day')
    expect(made.messages()).toHaveLength(4)
  })
})

describe('the pace of a broadcast', () => {
  it('limits how many are reached in an hour', async () => {
    const { advance, messages } = await stage(
      '{ once: "2026-03-10 12:00", segment: pros, pace: 100 per hour }',
      '',
      400,
    )
    await advance('1 hour')
    for (const hour of [1, 2, 3]) {
      await advance('1 hour')
      expect(messages().length, `after hour ${hour}`).toBeGreaterThan(hour * 100 - 30)
      expect(messages().length, `after hour ${hour}`).toBeLessThan(hour * 100 + 30)
    }
    await advance('1 hour')
    expect(messages()).toHaveLength(400)
  })
})
