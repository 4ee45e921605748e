import { describe, expect, it } from 'vitest'
import { showCustomer } from '#shared/insights/customer.ts'
import { showEnrolment } from '#shared/insights/enrolment-view.ts'
import { steer } from '#shared/journeys/versions/steer.ts'
import { aStage, type Stage } from '#test/builders/a-system.ts'

/*
 * Until nine in the morning where she is, until three days before her points expire: what is waited for is looked up when
 * the step is reached, and again when the time comes. No date never means "at once", unless the author says so.
 */

const ADA = { kind: 'userId', value: 'ada' } as const
const identifiers = { userId: 'ada' }
const started = { type: 'order.started', identifiers }

/** 11:00 in Copenhagen, a Tuesday. */
const START = '2026-03-10T10:00:00Z'

async function stage(step: string, traits: object = {}, at = START): Promise<Stage> {
  const made = await aStage({
    at,
    journeys: {
      tried: `journey: tried\npurpose: offers\nenter: { when: order.started }\nsteps: [${step}, { exit: went on }]\n`,
    },
  })
  await made.receive({ type: 'customer.signed-up', identifiers, traits }, started)
  return made
}

/** When and how her run ended. */
async function end({ customer }: Stage): Promise<string | undefined> {
  const found = (await customer(ADA))?.thread.find(({ text }) => text.startsWith('left tried'))
  return found === undefined ? undefined : `${found.at.slice(0, 16)} ${found.text.slice('left tried: '.length)}`
}

async function endAfter(made: Stage, duration: string): Promise<string | undefined> {
  await made.advance(duration)
  return end(made)
}

describe('wait until a local time', () => {
  it('waits until the clocks where she is show it', async () => {
    const made = await stage('{ wait until: "09:00" }', { timeZone: 'America/New_York' })
    expect(await endAfter(made, '179 minutes')).toBeUndefined()
    expect(await endAfter(made, '1 minute')).toBe('2026-03-10T13:00 went on')
  })

  it('waits until tomorrow when the hour has passed today', async () => {
    const made = await stage('{ wait until: "09:00" }')
    expect(await endAfter(made, '3 days')).toBe('2026-03-11T08:00 went on')
  })

  it('does not wait when it is that time just now, as after a day’s wait that began at it', async () => {
    const made = await stage('{ wait until: "09:00" }', {}, '2026-03-10T08:04:00Z')
    expect(await end(made)).toBe('2026-03-10T08:04 went on')
  })

  it.each([
    ['weekdays', '2026-03-16T08:00'],
    ['weekend', '2026-03-14T08:00'],
    ['monday', '2026-03-16T08:00'],
    ['[monday, friday]', '2026-03-13T08:00'],
  ])('takes the next of the days it names: %s, from a Friday at ten', async (days, until) => {
    const friday = days === '[monday, friday]' ? '2026-03-12T10:00:00Z' : '2026-03-13T09:00:00Z'
    const made = await stage(`{ wait until: "09:00", days: ${days} }`, {}, friday)
    expect(await endAfter(made, '9 days')).toBe(`${until} went on`)
  })

  it('waits on when she turns out to be further west', async () => {
    const made = await stage('{ wait until: "09:00" }')
    await made.advance('1 hour')
    await made.receive({ type: 'app.opened', identifiers, traits: { timeZone: 'America/New_York' } })
    expect(await endAfter(made, '3 days')).toBe('2026-03-11T08:00 went on')
  })

  it('goes on an hour that the clocks skip over at the first minute after it', async () => {
    const made = await stage('{ wait until: "02:30" }', {}, '2026-03-28T12:00:00Z')
    expect(await endAfter(made, '2 days')).toBe('2026-03-29T01:00 went on')
  })

  it('goes on once in a night that has the hour twice', async () => {
    const made = await stage('{ wait until: "02:30" }', {}, '2026-10-24T12:00:00Z')
    expect(await endAfter(made, '2 days')).toBe('2026-10-25T00:30 went on')
  })

  it('says until when, and which zone it took', async () => {
    const made = await stage('{ wait until: "09:00" }', { timeZone: 'America/New_York' })
    expect(await enrolment(made)).toMatchObject({
      waitingUntil: {
        step: 'wait-until-09-00',
        at: '2026-03-10T13:00:00.000Z',
        detail: expect.stringContaining('America/New_York'),
      },
    })
  })
})

async function enrolment({ system }: Stage): Promise<unknown> {
  const ada = await showCustomer(system.world, ADA)
  const entry = ada?.thread.find((one) => one.kind === 'journey')
  return showEnrolment(
    system.world,
    ada?.customer ?? '',
    entry !== undefined && 'enrolment' in entry ? entry.enrolment : '',
  )
}

const POLICIES = 'if missing: exit, if past: exit'

describe('wait until a date of hers', () => {
  it('waits until the morning of the date, where it has no hour', async () => {
    const made = await stage(`{ wait until: pointsExpireOn, ${POLICIES} }`, { pointsExpireOn: '2026-04-01' })
    expect(await endAfter(made, '60 days')).toBe('2026-04-01T07:00 went on')
  })

  it('waits until so many days before it, at a local hour', async () => {
    const made = await stage(`{ wait until: pointsExpireOn, offset: -3 days, at: "10:30", ${POLICIES} }`, {
      pointsExpireOn: '2026-04-01',
    })
    expect(await endAfter(made, '60 days')).toBe('2026-03-29T08:30 went on')
  })

  it.each([
    ['2026-03-12T15:00:00Z', '-2 hours', '2026-03-12T13:00'],
    ['2026-03-12T15:00:00+09:00', '1 day', '2026-03-13T06:00'],
    ['2026-03-12 15:00', '0 days', '2026-03-12T14:00'],
  ])('takes the hour that stands in it: %s, offset %s', async (appointmentAt, offset, until) => {
    const made = await stage(`{ wait until: appointmentAt, offset: ${offset}, ${POLICIES} }`, { appointmentAt })
    expect(await endAfter(made, '10 days')).toBe(`${until} went on`)
  })

  it('finds a date inside a trait', async () => {
    const made = await stage(`{ wait until: card.expires, ${POLICIES} }`, { card: { expires: '2026-03-20' } })
    expect(await endAfter(made, '20 days')).toBe('2026-03-20T08:00 went on')
  })

  it('waits again when the date has moved away meanwhile', async () => {
    const made = await stage(`{ wait until: pointsExpireOn, ${POLICIES} }`, { pointsExpireOn: '2026-03-20' })
    await made.receive({ type: 'points.earned', identifiers, traits: { pointsExpireOn: '2026-05-20' } })
    expect(await endAfter(made, '20 days')).toBeUndefined()
    expect(await endAfter(made, '60 days')).toBe('2026-05-20T07:00 went on')
  })

  it('goes on at the time it knew when the date has come nearer', async () => {
    const made = await stage(`{ wait until: pointsExpireOn, ${POLICIES} }`, { pointsExpireOn: '2026-03-20' })
    await made.receive({ type: 'points.earned', identifiers, traits: { pointsExpireOn: '2026-03-12' } })
    expect(await endAfter(made, '20 days')).toBe('2026-03-20T08:00 went on')
  })

  it.each([
    ['nothing', {}],
    ['null', { pointsExpireOn: null }],
    ['no date', { pointsExpireOn: 'soon' }],
    ['a day that there is not', { pointsExpireOn: '2026-02-30' }],
    ['a number', { pointsExpireOn: 1_773_130_000_000 }],
    ['a date too far away', { pointsExpireOn: '2027-03-10' }],
  ])('is missing where the trait is %s: exit, and never a wait of no time', async (_, traits) => {
    expect(await end(await stage(`{ wait until: pointsExpireOn, ${POLICIES} }`, traits))).toBe(
      '2026-03-10T10:00 date-missing',
    )
  })

  it('is missing when it was taken away meanwhile', async () => {
    const made = await stage(`{ wait until: pointsExpireOn, ${POLICIES} }`, { pointsExpireOn: '2026-03-20' })
    await made.receive({ type: 'points.spent', identifiers, traits: { pointsExpireOn: null } })
    expect(await endAfter(made, '20 days')).toBe('2026-03-20T08:00 date-missing')
  })

  it.each([
    ['exit', '2026-03-10T10:00 date-past'],
    ['continue', '2026-03-10T10:00 went on'],
    ['[{ exit: too late }]', '2026-03-10T10:00 too late'],
  ])('has passed already: %s', async (policy, expected) => {
    const step = `{ wait until: pointsExpireOn, if missing: continue, if past: ${policy} }`
    expect(await end(await stage(step, { pointsExpireOn: '2026-03-09' }))).toBe(expected)
  })

  it.each([
    ['continue', '2026-03-10T10:00 went on'],
    ['[{ exit: no date }]', '2026-03-10T10:00 no date'],
  ])('is missing: %s', async (policy, expected) => {
    expect(await end(await stage(`{ wait until: pointsExpireOn, if missing: ${policy}, if past: exit }`))).toBe(
      expected,
    )
  })

  it('is waited for as far as "within" says', async () => {
    const traits = { pointsExpireOn: '2026-12-20' }
    const step = (within: string) => `{ wait until: pointsExpireOn, within: ${within}, ${POLICIES} }`
    expect(await endAfter(await stage(step('300 days'), traits), '299 days')).toBe('2026-12-20T08:00 went on')
    expect(await end(await stage(step('280 days'), traits))).toBe('2026-03-10T10:00 date-missing')
  })

  it('goes on when its journey, which was paused over that time, is resumed', async () => {
    const made = await stage(`{ wait until: pointsExpireOn, ${POLICIES} }`, { pointsExpireOn: '2026-03-20' })
    await steer(made.system.world, 'tried', 'pause', 'ada')
    expect(await endAfter(made, '20 days')).toBeUndefined()
    await steer(made.system.world, 'tried', 'resume', 'ada')
    expect(await endAfter(made, '1 minute')).toBe('2026-03-30T10:00 went on')
  })
})
