import { describe, expect, it } from 'vitest'
import { aBrand } from '#test/builders/a-brand.ts'
import { aProfile, NOON } from '#test/builders/a-touchpoint.ts'
import type { Cap, Purpose } from '../brand/purposes.ts'
import type { Counted, WaitingMessage } from '../profiles/profile.ts'
import { DAY, HOUR } from '../time/duration.ts'
import { countMessage, frequencyCapGate, longestWindow } from './frequency-cap.ts'

const ago = (hours: number, more: Partial<Counted> = {}): Counted => ({
  ...{ at: NOON - hours * HOUR, channel: 'sms', purpose: 'offers' },
  ...more,
})

interface Asked {
  readonly brandCaps?: readonly Cap[]
  readonly needsConsent?: boolean
  readonly priority?: number
  readonly waiting?: readonly Partial<WaitingMessage>[]
}

function ask(counted: readonly Counted[], own: readonly Cap[], asked: Asked = {}) {
  const { brandCaps = [], needsConsent = true, priority = 0, waiting = [] } = asked
  const purpose: Purpose = { needsConsent, channels: ['sms'], priority: 0, caps: own, deadline: DAY }
  const brand = aBrand({ caps: brandCaps })
  const others = waiting.map((one, place) => ({
    ...{ dispatch: `other-${place}`, until: NOON, priority: 0, channel: 'sms', purpose: 'offers' },
    ...one,
  }))
  const profile = aProfile({ counted, waiting: others })
  return frequencyCapGate({
    ...{ now: NOON, profile, brand, purpose, purposeName: 'offers', channel: 'sms', address: '+45' },
    ...{ priority, dispatch: 'this', deadlineAt: NOON + DAY, holds: 0 },
  })
}

const TWO_A_DAY: Cap = { upTo: 2, per: DAY }

describe('frequencyCapGate', () => {
  it.each([
    ['nothing was sent', [], undefined],
    ['there is room', [ago(1)], undefined],
    ['the window is full', [ago(1), ago(5)], 19],
    ['it is more than full: as many must leave it as make room', [ago(1), ago(5), ago(10)], 19],
    ['one leaves at this very moment', [ago(1), ago(24)], undefined],
    ['one leaves a moment later', [ago(1), ago(24 - 1 / HOUR)], 1 / HOUR],
    ['others are of another purpose', [ago(1), ago(2, { purpose: 'loyalty' })], undefined],
  ])('opens when the window has room again: %s', (_what, counted, hours) => {
    expect(ask(counted, [TWO_A_DAY])?.until).toBe(hours === undefined ? undefined : NOON + hours * HOUR)
  })

  it('says which cap it is', () => {
    expect(ask([ago(1), ago(2)], [TWO_A_DAY])).toMatchObject({ code: 'frequency-cap', detail: '2 in 1 day' })
  })

  it('says the one that opens last, where several are full', () => {
    expect(
      ask(
        [ago(1)],
        [
          { upTo: 1, per: 2 * HOUR },
          { upTo: 1, per: DAY },
        ],
      ),
    ).toMatchObject({
      until: NOON + 23 * HOUR,
      detail: '1 in 1 day',
    })
  })

  it('counts a channel’s own where the cap names it, and does not ask about another', () => {
    const onPush: Cap = { upTo: 1, per: DAY, channel: 'push' }
    const onSms: Cap = { upTo: 1, per: DAY, channel: 'sms' }
    expect(ask([ago(1), ago(2)], [onPush])).toBeUndefined()
    expect(ask([ago(1, { channel: 'push' })], [onSms])).toBeUndefined()
    expect(ask([ago(1)], [onSms])?.until).toBe(NOON + 23 * HOUR)
  })

  it('keeps the caps over all with messages of every purpose', () => {
    expect(ask([ago(1, { purpose: 'loyalty' }), ago(2)], [], { brandCaps: [TWO_A_DAY] })?.until).toBe(NOON + 22 * HOUR)
  })

  it('does not hold a service message for the caps over all, only for its own', () => {
    const counted = [ago(1), ago(2)]
    expect(ask(counted, [], { brandCaps: [TWO_A_DAY], needsConsent: false })).toBeUndefined()
    expect(ask(counted, [TWO_A_DAY], { needsConsent: false })?.until).toBe(NOON + 22 * HOUR)
  })

  it('never opens within its window where nothing is allowed', () => {
    expect(ask([], [{ upTo: 0, per: DAY }])?.until).toBe(NOON + DAY)
    expect(ask([ago(1)], [{ upTo: 0, per: DAY }])?.until).toBe(NOON + 23 * HOUR)
  })
})

describe('what a cap reserves', () => {
  const RESERVING: Cap = { upTo: 3, per: DAY, reserved: { times: 1, priority: 50 } }

  it.each([
    ['a message that matters less takes what is not reserved', [ago(1)], 49, undefined],
    ['… and not the last, which is', [ago(1), ago(2)], 49, ['reserved', 22]],
    ['a message of that priority takes the last', [ago(1), ago(2)], 50, undefined],
    ['… and no more than that', [ago(1), ago(2), ago(3)], 50, ['frequency-cap', 21]],
    ['full is full, whatever is reserved', [ago(1), ago(2), ago(3)], 0, ['frequency-cap', 21]],
  ] as const)('is for messages that matter more: %s', (_what, counted, priority, answer) => {
    const given = ask(counted, [RESERVING], { priority })
    expect(given === undefined ? undefined : [given.code, ((given.until ?? 0) - NOON) / HOUR]).toEqual(answer)
  })
})

describe('a message that waits', () => {
  const LATER = { until: NOON + 5 * HOUR, priority: 10 }
  const QUARTER = 0.25

  it.each([
    ['that matters more has its place first', [LATER], 0, 5 + QUARTER],
    ['that matters as much does not', [LATER], 10, undefined],
    ['that is this one itself does not', [{ ...LATER, dispatch: 'this' }], 0, undefined],
    ['whose time has just come does', [{ ...LATER, until: NOON }], 0, QUARTER],
    ['whose time went by long ago does not', [{ ...LATER, until: NOON - HOUR }], 0, undefined],
    ['for a time when this one no longer counts does not', [{ ...LATER, until: NOON + DAY }], 0, undefined],
    ['of another purpose does not', [{ ...LATER, purpose: 'loyalty' }], 0, undefined],
  ])('%s', (_what, waiting, priority, hours) => {
    const answer = ask([], [{ upTo: 1, per: DAY }], { waiting, priority })
    expect(answer).toEqual(
      hours === undefined ? undefined : { code: 'reserved', until: NOON + hours * HOUR, detail: expect.any(String) },
    )
  })

  it('leaves the others alone while there is room for both', () => {
    expect(ask([], [TWO_A_DAY], { waiting: [LATER] })).toBeUndefined()
    expect(ask([ago(1)], [TWO_A_DAY], { waiting: [LATER] })).toMatchObject({ code: 'reserved' })
  })
})

describe('countMessage', () => {
  it('adds one and forgets what no cap can look at any more', () => {
    const added = ago(0)
    expect(countMessage([ago(25), ago(24), ago(23)], added, DAY)).toEqual([ago(23), added])
  })
})

describe('longestWindow', () => {
  it('is that of the longest cap, or nothing', () => {
    expect(longestWindow([TWO_A_DAY, { upTo: 1, per: 7 * DAY }])).toBe(7 * DAY)
    expect(longestWindow([])).toBe(0)
  })
})
