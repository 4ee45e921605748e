import { describe, expect, it } from 'vitest'
import { aBrand } from '#test/builders/a-brand.ts'
import { aProfile, NOON } from '#test/builders/a-touchpoint.ts'
import type { Cap, Purpose } from '../brand/purposes.ts'
import type { Counted } from '../profiles/profile.ts'
import { DAY, HOUR } from '../time/duration.ts'
import { countMessage, frequencyCapGate, longestWindow } from './frequency-cap.ts'

const ago = (hours: number, more: Partial<Counted> = {}): Counted => ({
  ...{ at: NOON - hours * HOUR, channel: 'sms', purpose: 'offers' },
  ...more,
})

function ask(counted: readonly Counted[], own: readonly Cap[], brandCaps: readonly Cap[] = [], needsConsent = true) {
  const purpose: Purpose = { needsConsent, channels: ['sms'], priority: 0, caps: own, deadline: DAY }
  const brand = aBrand({ caps: brandCaps })
  const profile = aProfile({ counted })
  return frequencyCapGate({ now: NOON, profile, brand, purpose, purposeName: 'offers', channel: 'sms', address: '+45' })
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
    expect(ask([ago(1, { purpose: 'loyalty' }), ago(2)], [], [TWO_A_DAY])?.until).toBe(NOON + 22 * HOUR)
  })

  it('does not hold a service message for the caps over all, only for its own', () => {
    const counted = [ago(1), ago(2)]
    expect(ask(counted, [], [TWO_A_DAY], false)).toBeUndefined()
    expect(ask(counted, [TWO_A_DAY], [], false)?.until).toBe(NOON + 22 * HOUR)
  })

  it('never opens within its window where nothing is allowed', () => {
    expect(ask([], [{ upTo: 0, per: DAY }])?.until).toBe(NOON + DAY)
    expect(ask([ago(1)], [{ upTo: 0, per: DAY }])?.until).toBe(NOON + 23 * HOUR)
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
