import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anInstant, someProfile } from '#test/builders/a-touchpoint.ts'
import type { Item } from '../world/table.ts'
import { decode, putProfile } from './store.ts'

const aHome = fc.option(fc.constant('cus_0'), { nil: undefined })
const place = { journey: fc.constantFrom('welcome', 'win-back'), version: fc.nat(9), enteredAt: anInstant, home: aHome }
const aRun = fc.record({
  ...place,
  run: fc.integer({ min: 1, max: 3 }),
  endsBy: anInstant,
  wait: fc.option(fc.record({ step: fc.constant('await-x'), types: fc.constant(['a.b', 'c.d']) }), { nil: undefined }),
})
const aGoal = fc.record({ ...place, enrolment: fc.constantFrom('e1', 'e2'), until: anInstant })

const stored = fc
  .tuple(
    someProfile('cus_ada'),
    fc.dictionary(fc.constantFrom('e1', 'e2'), aRun),
    fc.array(aGoal, { maxLength: 2 }),
    fc.nat(9),
  )
  .map(([profile, runs, goals, version]) => ({ ...profile, runs, goals, version, aliases: ['cus_1'] }))

describe('a stored profile', () => {
  it('is read as it was written, a version later', () => {
    fc.assert(
      fc.property(stored, (profile) => {
        const write = putProfile(profile)
        const item = 'put' in write ? (JSON.parse(JSON.stringify(write.put)) as Item) : undefined
        expect(item && decode(item)).toEqual({ ...profile, version: profile.version + 1 })
      }),
    )
  })

  it('is written only over the version that was read, or over nothing', () => {
    fc.assert(
      fc.property(stored, (profile) => {
        const condition = profile.version === 0 ? 'absent' : { versionIs: profile.version }
        expect(putProfile(profile)).toMatchObject({ when: condition })
      }),
    )
  })
})
