import { describe, expect, it } from 'vitest'
import { Slots } from './slots.ts'

describe('Slots', () => {
  it('serves in the order of asking, a few at a time, also after it was empty', async () => {
    const slots = new Slots(2)
    const order: number[] = []
    let running = 0
    const work = async (at: number) => {
      order.push(at)
      running += 1
      expect(running).toBeLessThanOrEqual(2)
      await new Promise((resolve) => setImmediate(resolve))
      running -= 1
    }
    for (const round of [0, 10]) {
      await Promise.all(Array.from({ length: 10 }, (_, at) => slots.run(() => work(round + at))))
    }
    expect(order).toEqual(Array.from({ length: 20 }, (_, at) => at))
  })

  it('frees the place of a work that fails', async () => {
    const slots = new Slots(1)
    await expect(slots.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await slots.run(async () => 'next')).toBe('next')
  })
})
