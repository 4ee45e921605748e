import { describe, expect, it } from 'vitest'
import { shareOf } from './share-of.ts'

const CUSTOMERS = Array.from({ length: 20_000 }, (_, index) => `cus_${index}`)

describe('shareOf', () => {
  it('is the same today as when customers were first drawn', () => {
    expect(shareOf('cus_ada', '')).toBeCloseTo(0.3923478480428457, 12)
    expect(shareOf('cus_ada', 'offer')).toBeCloseTo(0.8042925675399601, 12)
  })

  it('spreads customers with neighbouring ids evenly', () => {
    const tenths = Array.from({ length: 10 }, () => 0)
    for (const customer of CUSTOMERS) tenths[Math.floor(shareOf(customer, '') * 10)]! += 1
    for (const tenth of tenths) expect(Math.abs(tenth - 2_000)).toBeLessThan(200)
  })

  it('draws for one name independently of another', () => {
    const half = CUSTOMERS.filter((customer) => shareOf(customer, 'bun') < 0.5)
    const both = half.filter((customer) => shareOf(customer, 'points') < 0.5)
    expect(Math.abs(both.length / half.length - 0.5)).toBeLessThan(0.02)
  })
})
