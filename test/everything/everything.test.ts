import { describe, expect, it } from 'vitest'
import { tellEverything } from './everything.ts'

/*
 * Everything at once: journeys with every kind of entry and step, segments, merges, answers, STOP; pausing, retiring,
 * moving, publishing, agents. At the end nobody is stuck, and nobody got what she should not have. More seeds:
 * `SEEDS=0-1000 npm test -- test/everything`.
 */

const [from = 4, to = 16] = (process.env.SEEDS ?? '').split('-').filter(Boolean).map(Number)
const SEEDS = Array.from({ length: to - from }, (_, n) => from + n)

describe('everything at once', () => {
  it.each(SEEDS)(
    'ends with nobody lost, doubled or stuck (seed %i)',
    async (seed) => {
      expect(await tellEverything(seed, { moments: 25 })).toEqual([])
    },
    200_000,
  )
})
