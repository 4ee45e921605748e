import { describe, expect, it } from 'vitest'
import { aBrand } from '#test/builders/a-brand.ts'
import { aProfile, NOON } from '#test/builders/a-touchpoint.ts'
import { conversationGate } from './conversation.ts'
import { MOST_HOLDS } from './decide.ts'

const DAY = 86_400_000
const brand = aBrand()

const ask = (waiting: { inAt?: number; outAt?: number; mutes?: boolean }, more: object = {}, purposeName = 'offers') =>
  conversationGate({
    now: NOON,
    profile: aProfile({
      conversations: {
        c: { openedAt: NOON, channel: 'sms', inAt: NOON, outAt: 0, mutes: true, team: 'care', ...waiting },
      },
    }),
    brand,
    purposeName,
    purpose: brand.purposes[purposeName]!,
    priority: 0,
    dispatch: 'd',
    deadlineAt: NOON + 2 * DAY,
    holds: 0,
    channel: 'sms',
    address: '+45',
    ...more,
  })

describe('conversationGate', () => {
  it('holds marketing while she waits for us, and says with which team', () => {
    expect(ask({})).toMatchObject({ code: 'in-conversation', detail: 'care' })
  })

  it.each([
    ['a service message', ask({}, {}, 'service')],
    ['when we have answered', ask({ outAt: NOON })],
    ['a conversation that does not mute', ask({ mutes: false })],
  ])('lets pass: %s', (_, answer) => {
    expect(answer).toBeUndefined()
  })

  it('looks again less and less often, up to the deadline, before holds run out', () => {
    const deadlineAt = NOON + 2 * DAY
    const looks: number[] = []
    let now = NOON
    for (let holds = 0; holds < MOST_HOLDS; holds++) {
      now = ask({}, { now, holds })?.until ?? Number.NaN
      looks.push(now)
      if (now > deadlineAt) break
    }
    expect(looks).toEqual(looks.toSorted((a, b) => a - b))
    expect(looks[0]! - NOON).toBeLessThanOrEqual(DAY / 24)
    expect(looks.slice(-2)).toEqual([deadlineAt, deadlineAt + 1])
    expect(looks.length).toBeLessThanOrEqual(MOST_HOLDS)
  })
})
