import { describe, expect, it } from 'vitest'
import { placeIn } from './place-in.ts'

describe('placeIn', () => {
  it('is the same every time, and another under another name', () => {
    expect(placeIn('cus_1', 'offer', 10_000)).toBe(placeIn('cus_1', 'offer', 10_000))
    const places = new Set(['offer', 'hour', 'holdout'].map((name) => placeIn('cus_1', name, 10_000)))
    expect(places.size).toBe(3)
  })

  it('spreads customers evenly', () => {
    const places = Array.from({ length: 10_000 }, (_, n) => placeIn(`cus_${n}`, 'offer', 10))
    for (let place = 0; place < 10; place++)
      expect(Math.abs(places.filter((one) => one === place).length - 1_000)).toBeLessThan(120)
  })
})
