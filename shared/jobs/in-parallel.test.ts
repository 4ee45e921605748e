import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { inParallel } from './in-parallel.ts'

describe('work in parallel', () => {
  it('does each once, never more than so many at the same time', async () => {
    const done: number[] = []
    let running = 0
    let most = 0
    await inParallel(
      Array.from({ length: 20 }, (_, n) => n),
      3,
      async (n) => {
        running += 1
        most = Math.max(most, running)
        await turn()
        running -= 1
        done.push(n)
      },
    )
    expect(done.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n))
    expect(most).toBe(3)
  })

  it('begins nothing more after an error, and passes it on', async () => {
    const begun: number[] = []
    const work = async (n: number): Promise<void> => {
      begun.push(n)
      await turn()
      if (n === 1) throw new Error('Enough.')
    }
    await expect(inParallel([0, 1, 2, 3, 4, 5, 6, 7], 2, work)).rejects.toThrow('Enough.')
    await turn()
    expect(begun).toEqual([0, 1, 2])
  })

  it('does nothing for nobody', async () => {
    await inParallel([], 4, async () => expect.unreachable())
  })
})
