import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { retryDelay } from './retry.ts'

describe('retryDelay', () => {
  const retriers = fc.record({
    ErrorEquals: fc.constant<string[]>(['States.ALL']),
    IntervalSeconds: fc.integer({ min: 1, max: 99_999_999 }),
    BackoffRate: fc.double({ min: 1, max: 10, noNaN: true }),
    MaxAttempts: fc.constant(99_999_999),
    MaxDelaySeconds: fc.option(fc.integer({ min: 1, max: 31_622_400 }), { nil: undefined }),
  })

  it('never shrinks from one attempt to the next, nor passes a limit', () =>
    fc.assert(
      fc.property(retriers, fc.nat({ max: 99_999_999 }), (retrier, used) => {
        const plain = { ...retrier, JitterStrategy: 'NONE' } as const
        const delay = retryDelay(plain, used, () => 0)
        expect(delay).toBeLessThanOrEqual(retryDelay(plain, used + 1, () => 0))
        expect(delay).toBeLessThanOrEqual((retrier.MaxDelaySeconds ?? 99_999_999) * 1_000)
        expect(Number.isInteger(delay)).toBe(true)
      }),
    ))

  it('is with full jitter between nothing and what it is without', () =>
    fc.assert(
      fc.property(retriers, fc.nat({ max: 50 }), fc.double({ min: 0, max: 1, noNaN: true }), (retrier, used, dice) => {
        const most = retryDelay({ ...retrier, JitterStrategy: 'NONE' }, used, () => dice)
        const delay = retryDelay({ ...retrier, JitterStrategy: 'FULL' }, used, () => dice)
        expect(delay).toBeGreaterThanOrEqual(0)
        expect(delay).toBeLessThanOrEqual(most)
      }),
    ))
})
