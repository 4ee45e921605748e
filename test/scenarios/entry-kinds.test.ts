import { describe, expect, it } from 'vitest'
import { steer } from '#shared/journeys/versions/steer.ts'
import { askToEnrol } from '#shared/recording/doors/ask-to-enrol.ts'
import { aBrandFile, aStage, type Stage } from '#test/builders/a-system.ts'

/*
 * What lets a customer into a journey besides a touchpoint of hers: a segment, a schedule, a date, an app.
 * It is 11:00 in Copenhagen on Tuesday 10 March 2026.
 */

const SEGMENTS = { pros: '{ trait: plan, is: pro }', others: '{ trait: plan, is: free }' }

const folder = (enter: string, steps = '[{ send: hello }]', more = '') => ({
  journeys: { entered: `journey: entered\npurpose: offers\nenter: ${enter}\n${more}\nsteps: ${steps}\n` },
  segments: SEGMENTS,
  messages: ['hello'],
  forms: ['sms'] as const,
  brand: aBrandFile({ offers: '{ consent: required, channels: [sms] }', more: 'quiet hours: none' }),
})

const PHONE = '+4520123456'
const ada = (traits: object) => ({
  type: 'customer.updated-herself',
  identifiers: { phone: PHONE },
  traits,
  consent: { offers: { sms: true } },
})

async function stage(enter: string, steps?: string, at?: string): Promise<Stage> {
  return aStage({ ...folder(enter, steps), at })
}

const threadOf = async ({ customer }: Stage): Promise<readonly string[]> =>
  ((await customer({ kind: 'phone', value: PHONE }))?.thread ?? []).map(({ text }) => text)

describe('joins segment', () => {
  it('lets her in when she joins, each time she does', async () => {
    const { receive, advance, arrived } = await stage('{ joins segment: pros }')
    await receive(ada({ plan: 'free' }))
    expect(arrived()).toEqual([])
    await advance('1 hour')
    await receive(ada({ plan: 'pro' }))
    await receive(ada({ plan: 'pro', hat: 'red' }))
    expect(arrived()).toHaveLength(1)
    await advance('1 hour')
    await receive(ada({ plan: 'free' }))
    await advance('1 hour')
    await receive(ada({ plan: 'pro' }))
    expect(arrived()).toHaveLength(2)
  })

  it('passes over those who are in it already, unless the journey includes them', async () => {
    for (const [existing, times] of [
      ['skip', 0],
      ['include', 1],
    ] as const) {
      const made = await aStage({ segments: SEGMENTS })
      await made.receive(ada({ plan: 'pro' }))
      await made.publish(folder(`{ joins segment: pros, existing: ${existing} }`))
      await made.advance('1 hour')
      expect(made.arrived()).toHaveLength(times)
    }
  })

  it('includes those whom a segment finds that is published with it, and no one twice', async () => {
    const made = await aStage()
    await made.receive(ada({ plan: 'pro' }))
    await made.publish(folder('{ joins segment: pros, existing: include }'))
    await made.advance('1 day')
    expect(made.arrived()).toHaveLength(1)
    await made.publish(folder('{ joins segment: pros, existing: include }', '[{ send: hello }, { wait: 1 day }]'))
    await made.advance('1 day')
    expect(made.arrived()).toHaveLength(1)
  })

  it('passes over those whom a segment finds that is published with it, if told so', async () => {
    const made = await aStage()
    await made.receive(ada({ plan: 'pro' }))
    await made.publish(folder('{ joins segment: pros }'))
    await made.advance('1 day')
    expect(made.arrived()).toEqual([])
  })
})

describe('leaves segment', () => {
  it('lets her in when she leaves', async () => {
    const { receive, advance, arrived } = await stage('{ leaves segment: pros }')
    await receive(ada({ plan: 'pro' }))
    expect(arrived()).toEqual([])
    await advance('1 hour')
    await receive(ada({ plan: 'free' }))
    expect(arrived()).toHaveLength(1)
  })
})

describe('schedule', () => {
  it('lets the members of the segment in, at each of its times', async () => {
    const { receive, advance, arrived } = await stage('{ schedule: "0 9 * * mon", segment: pros }')
    await receive(ada({ plan: 'pro' }))
    await advance('5 days')
    expect(arrived()).toEqual([])
    await advance('21 days')
    expect(arrived()).toHaveLength(3)
    await receive(ada({ plan: 'free' }))
    await advance('14 days')
    expect(arrived()).toHaveLength(3)
  })

  it('is in the zone of the brand, also when the clocks change, or in one of its own', async () => {
    const { receive, advance, messages } = await stage(
      '{ schedule: "0 9 * * *", segment: pros }',
      undefined,
      '2026-03-28T12:00:00Z',
    )
    await receive(ada({ plan: 'pro' }))
    await advance('3 days')
    expect(messages().map(({ at }) => new Date(at).toISOString().slice(0, 16))).toEqual([
      '2026-03-29T07:00',
      '2026-03-30T07:00',
      '2026-03-31T07:00',
    ])
    const other = await stage('{ schedule: "0 9 * * *", zone: America/New_York, segment: pros }')
    await other.receive(ada({ plan: 'pro' }))
    await other.advance('1 day')
    expect(other.messages().map(({ at }) => new Date(at).toISOString().slice(0, 16))).toEqual(['2026-03-10T13:00'])
  })

  it('follows the latest version, and stops while it is paused or retired', async () => {
    const made = await stage('{ schedule: "0 9 * * *", segment: pros }')
    await made.receive(ada({ plan: 'pro' }))
    await made.advance('1 day')
    expect(made.arrived()).toHaveLength(1)
    await made.publish(folder('{ schedule: "0 9,21 * * *", segment: pros }'))
    await made.advance('1 day')
    expect(made.arrived()).toHaveLength(3)
    await steer(made.system.world, 'entered', 'retire', 'Ada')
    await made.advance('2 days')
    expect(made.arrived()).toHaveLength(3)
    await steer(made.system.world, 'entered', 'resume', 'Ada')
    await made.advance('1 day')
    expect(made.arrived()).toHaveLength(5)
  })
})

describe('date', () => {
  const days = async (made: Stage): Promise<readonly string[]> =>
    made.messages().map(({ at }) => new Date(at).toISOString().slice(0, 16))

  it('lets her in so many days before, at that hour where she is', async () => {
    const made = await stage('{ date: pointsExpireOn, offset: -30 days, at: "10:00" }')
    await made.receive(ada({ pointsExpireOn: '2026-04-20', timeZone: 'America/New_York' }))
    await made.advance('40 days')
    expect(await days(made)).toEqual(['2026-03-21T14:00'])
  })

  it('reads her date again when the time comes', async () => {
    const made = await stage('{ date: pointsExpireOn, at: "10:00" }')
    await made.receive(ada({ pointsExpireOn: '2026-03-12' }))
    await made.advance('1 day 20 hours')
    await made.receive(ada({ pointsExpireOn: '2026-03-14' }))
    await made.advance('40 days')
    expect(await days(made)).toEqual(['2026-03-14T09:00'])
  })

  it('lets her in who tells it on the day itself, if the hour is still to come', async () => {
    const made = await stage('{ date: visitOn, at: "18:00" }')
    await made.receive(ada({ visitOn: '2026-03-10' }))
    await made.advance('1 day')
    expect(await days(made)).toEqual(['2026-03-10T17:00'])
    const late = await stage('{ date: visitOn, at: "09:00" }')
    await late.receive(ada({ visitOn: '2026-03-10' }))
    await late.advance('2 days')
    expect(await days(late)).toEqual([])
  })

  it.each([
    ['2000-02-29', '2027-02-26', '2027-02-28T09:00'],
    ['2000-02-29', '2028-02-27', '2028-02-29T09:00'],
    ['2000-02-29', '2029-02-26', '2029-02-28T09:00'],
    ['2000-02-28', '2029-02-26', '2029-02-28T09:00'],
    ['1999-12-31', '2029-12-29', '2029-12-31T09:00'],
  ])('comes every year, 29 February on the 28th of other years: %s from %s on', async (birthday, today, day) => {
    const made = await stage('{ date: birthday, every: year, at: "10:00" }', undefined, `${today}T12:00:00Z`)
    await made.receive(ada({ birthday }))
    await made.advance('4 days')
    expect(await days(made)).toEqual([day])
  })

  it('finds those who told their date before the journey was published, but for what is over', async () => {
    const made = await aStage()
    await made.receive(ada({ visitOn: '2026-03-10', other: '2026-03-12' }))
    await made.publish(folder('{ date: visitOn, at: "10:30" }'))
    await made.advance('2 days')
    expect(await days(made)).toEqual([])
    await made.publish(folder('{ date: other, at: "23:00" }'))
    await made.advance('2 days')
    expect(await days(made)).toEqual(['2026-03-12T22:00'])
  })

  it('takes the hour of its latest version', async () => {
    const made = await stage('{ date: visitOn, at: "12:00" }')
    await made.receive(ada({ visitOn: '2026-03-11' }))
    await made.advance('1 day')
    await made.publish(folder('{ date: visitOn, at: "20:00" }'))
    await made.advance('1 day')
    expect(await days(made)).toEqual(['2026-03-11T19:00'])
  })

  it('goes with her when she turns out to be somebody we knew', async () => {
    const made = await stage('{ date: visitOn, at: "10:00" }')
    await made.receive(ada({ plan: 'pro' }), {
      type: 'page.viewed',
      identifiers: { anonymousId: 'a' },
      traits: { visitOn: '2026-03-13' },
    })
    await made.receive({ type: 'customer.signed-in', identifiers: { phone: PHONE, anonymousId: 'a' } })
    await made.advance('10 days')
    expect(await days(made)).toEqual(['2026-03-13T09:00'])
  })
})

describe('api', () => {
  it('lets her in on the word of an app, with what it says of her', async () => {
    const made = await stage('{ api: yes, key: order_id }', '[{ send: hello }]')
    await made.receive(ada({}))
    const request = { customer: { phone: PHONE }, properties: { order_id: 'o1' } }
    expect(await askToEnrol(made.system.world, 'entered', request)).toMatchObject({ status: 'accepted' })
    await made.advance('1 minute')
    expect(made.messages().map(({ content }) => content.text)).toEqual(['hello o1'])
  })

  it('lets her in once for one request, however often it is repeated', async () => {
    const made = await stage('{ api: yes }', '[]')
    const request = { customer: { phone: PHONE }, id: 'r1' }
    for (let times = 0; times < 3; times++) {
      await askToEnrol(made.system.world, 'entered', request)
      await made.advance('1 day')
    }
    expect((await threadOf(made)).filter((text) => text.startsWith('entered'))).toHaveLength(1)
  })

  it('is refused where the journey is entered otherwise, or takes nobody new', async () => {
    const made = await stage('{ when: order.started }')
    const request = { customer: { phone: PHONE } }
    await expect(askToEnrol(made.system.world, 'entered', request)).rejects.toMatchObject({
      code: 'journey.not-by-api',
    })
    expect(await askToEnrol(made.system.world, 'unknown', request)).toBeUndefined()
    const retired = await stage('{ api: yes }')
    await steer(retired.system.world, 'entered', 'retire', 'Ada')
    await expect(askToEnrol(retired.system.world, 'entered', request)).rejects.toMatchObject({
      code: 'journey.retired',
    })
  })

  it('lets her into the journey that it names only', async () => {
    const made = await stage('{ joins segment: pros, existing: include }')
    await made.receive(ada({ plan: 'free' }), {
      type: 'journey.started',
      identifiers: { phone: PHONE },
      properties: { journey: 'entered', by: 'api' },
    })
    expect(made.arrived()).toEqual([])
  })
})

describe('a journey that is retired', () => {
  it('takes nobody new, and says so in her thread', async () => {
    const made = await stage('{ when: order.started }')
    await made.receive(ada({}))
    await steer(made.system.world, 'entered', 'retire', 'Ada')
    await made.receive({ type: 'order.started', identifiers: { phone: PHONE } })
    expect(made.arrived()).toEqual([])
    expect((await threadOf(made)).at(-1)).toContain('entered not entered: retired')
  })
})

describe('open', () => {
  it('takes nobody before and after, and says so in her thread', async () => {
    const made = await stage('{ when: order.started, open: { from: 2026-03-11, to: "2026-03-12 12:00" } }')
    const order = () => made.receive({ type: 'order.started', identifiers: { phone: PHONE } })
    await made.receive(ada({}))
    await order()
    await made.advance('13 hours') // midnight in Copenhagen
    await order()
    await made.advance('1 day 12 hours')
    await order()
    expect(made.arrived()).toHaveLength(1)
    expect((await threadOf(made)).filter((text) => text.includes('not entered: not-open'))).toHaveLength(2)
  })

  it('has the last day in it as a whole', async () => {
    const made = await stage('{ when: order.started, open: { to: 2026-03-10 } }')
    await made.receive(ada({}))
    await made.advance('12 hours 59 minutes')
    await made.receive({ type: 'order.started', identifiers: { phone: PHONE } })
    expect(made.arrived()).toHaveLength(1)
  })
})

describe('pace', () => {
  const people = (count: number) => Array.from({ length: count }, (_, n) => `+45201${10_000 + n}`)

  it('lets the others begin later, in order', async () => {
    const made = await stage('{ when: order.started, pace: 60 per hour }')
    for (const phone of people(10)) {
      await made.receive({ ...ada({}), identifiers: { phone } })
      await made.receive({ type: 'order.started', identifiers: { phone } })
    }
    expect(made.messages()).toHaveLength(1)
    await made.advance('4 minutes')
    expect(made.messages()).toHaveLength(5)
    await made.advance('1 hour')
    expect(made.messages().map(({ to }) => to)).toEqual(people(10))
  })

  it('keeps its exits while she waits for her turn, and starts nobody who left', async () => {
    const made = await aStage(
      folder('{ when: order.started, pace: 1 per hour }', undefined, 'exit: { when: order.completed }'),
    )
    for (const phone of people(3)) await made.receive({ ...ada({}), identifiers: { phone } })
    for (const phone of people(3)) await made.receive({ type: 'order.started', identifiers: { phone } })
    await made.receive({ type: 'order.completed', identifiers: { phone: people(3)[1] } })
    await made.advance('1 day')
    expect(made.messages().map(({ to }) => to)).toEqual([people(3)[0], people(3)[2]])
  })

  it('does not save up turns that nobody took', async () => {
    const made = await stage('{ when: order.started, pace: 60 per hour }')
    await made.advance('5 hours')
    for (const phone of people(5)) await made.receive({ ...ada({}), identifiers: { phone } })
    for (const phone of people(5)) await made.receive({ type: 'order.started', identifiers: { phone } })
    expect(made.messages()).toHaveLength(1)
  })
})

describe('the control group of the brand', () => {
  it('gets no marketing from any journey, and everything else', async () => {
    const made = await aStage({
      journeys: {
        one: 'journey: one\npurpose: offers\nenter: { when: order.started }\nsteps: [{ send: hello }]\n',
        two: 'journey: two\npurpose: offers\nenter: { when: order.started }\nsteps: [{ send: hello }]\n',
        receipt: 'journey: receipt\npurpose: service\nenter: { when: order.completed }\nsteps: [{ send: hello }]\n',
      },
      messages: ['hello'],
      forms: ['sms'],
      brand: aBrandFile({ more: 'holdout: 30%' }),
    })
    const phones = Array.from({ length: 100 }, (_, n) => `+45201${10_000 + n}`)
    await made.receive(...phones.map((phone) => ({ ...ada({}), identifiers: { phone } })))
    await made.receive(...phones.map((phone) => ({ type: 'order.started', identifiers: { phone } })))
    const reached = made.messages().map(({ to }) => to)
    expect(new Set(reached).size).toBeLessThan(90)
    expect(reached).toHaveLength(2 * new Set(reached).size)
    await made.receive(...phones.map((phone) => ({ type: 'order.completed', identifiers: { phone } })))
    expect(new Set(made.messages().map(({ to }) => to)).size).toBe(100)
  })
})
