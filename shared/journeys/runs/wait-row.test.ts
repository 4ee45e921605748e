import { describe, expect, it } from 'vitest'
import { newProfile, type Profile } from '../../profiles/profile.ts'
import type { Item } from '../../world/table.ts'
import { laterTryWaits } from './wait-row.ts'

interface Try {
  readonly attempt: number
  readonly occurrence?: number[]
}

const RUN = { customer: 'c1', enrolment: 'e1', run: 1, journey: 'welcome', version: 1, step: 'await-order' }

/** Whether the one whose row stands came after the one who asks. */
function asks(row: Try | undefined, mine: Try, waitsAt: string = RUN.step): Promise<boolean> {
  const open = { journey: 'welcome', version: 1, run: 1, enteredAt: 0, endsBy: 1 }
  const profile: Profile = { ...newProfile('c1', 0), runs: { e1: { ...open, wait: { step: waitsAt, types: [] } } } }
  const table = { get: async (): Promise<Item | undefined> => row && { pk: 'C#c1', sk: 'W#e1', token: 't', ...row } }
  return laterTryWaits(table, { ...RUN, ...mine }, profile)
}

describe('laterTryWaits', () => {
  it.each<[Try, Try, boolean]>([
    [{ attempt: 1 }, { attempt: 0 }, true],
    [{ attempt: 0 }, { attempt: 0 }, false],
    [{ attempt: 0 }, { attempt: 1 }, false],
    [{ occurrence: [1], attempt: 3 }, { occurrence: [2], attempt: 0 }, false],
    [{ occurrence: [2], attempt: 0 }, { occurrence: [1], attempt: 3 }, true],
    [{ occurrence: [2], attempt: 1 }, { occurrence: [2], attempt: 0 }, true],
    [{ occurrence: [1, 9], attempt: 5 }, { occurrence: [2, 1], attempt: 0 }, false],
    [{ occurrence: [2, 10], attempt: 0 }, { occurrence: [2, 9], attempt: 0 }, true],
  ])('of %j and %j: %s', async (row, mine, later) => {
    expect(await asks(row, mine)).toBe(later)
  })

  it('says no where nobody waits at the step', async () => {
    expect(await asks(undefined, { attempt: 0 })).toBe(false)
    expect(await asks({ attempt: 4 }, { attempt: 0 }, 'another-step')).toBe(false)
  })
})
