import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anInstant, aProfile, aTouchpoint, someTouchpoint } from '#test/builders/a-touchpoint.ts'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import { attachIdentifier, fold, RECENT_IDS } from './fold.ts'
import type { Profile } from './profile.ts'

const foldAll = (touchpoints: readonly Touchpoint[]): Profile => touchpoints.reduce(fold, aProfile())

const withoutRecent = ({ recent: _, ...state }: Profile): Omit<Profile, 'recent'> => state

const permuted = fc
  .array(someTouchpoint, { maxLength: 30 })
  .chain((touchpoints) =>
    fc.tuple(fc.constant(touchpoints), fc.shuffledSubarray(touchpoints, { minLength: touchpoints.length })),
  )

describe('fold', () => {
  it('gives the same profile in whatever order touchpoints come, but for the recent ids', () => {
    fc.assert(
      fc.property(permuted, ([touchpoints, shuffled]) => {
        expect(withoutRecent(foldAll(shuffled))).toEqual(withoutRecent(foldAll(touchpoints)))
      }),
    )
  })

  it('changes nothing the second time, but for the recent ids', () => {
    fc.assert(
      fc.property(fc.array(someTouchpoint, { maxLength: 20 }), fc.nat(), (touchpoints, at) => {
        const profile = foldAll(touchpoints)
        const again = touchpoints[at % Math.max(1, touchpoints.length)]
        if (again !== undefined) expect(withoutRecent(fold(profile, again))).toEqual(withoutRecent(profile))
      }),
    )
  })

  it('survives being stored: a folded profile is plain JSON', () => {
    fc.assert(
      fc.property(fc.array(someTouchpoint, { maxLength: 10 }), (touchpoints) => {
        const profile = foldAll(touchpoints)
        expect(JSON.parse(JSON.stringify(profile))).toEqual(profile)
      }),
    )
  })

  it('keeps the ten devices that were heard of last, whatever the order', () => {
    const heardOf = fc.record({ id: fc.integer({ min: 0, max: 14 }), at: anInstant })
    const foldDevices = (list: readonly { readonly id: number; readonly at: number }[]): Profile =>
      foldAll(list.map(({ id, at }) => aTouchpoint({ occurredAt: at, device: { id: `d${id}`, pushToken: 'token' } })))
    const shuffled = fc
      .array(heardOf, { minLength: 10, maxLength: 40 })
      .chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })))
    fc.assert(
      fc.property(shuffled, ([list, again]) => {
        const kept = foldDevices(list).pushDevices
        expect(foldDevices(again).pushDevices).toEqual(kept)
        expect(Object.keys(kept).length).toBe(Math.min(10, new Set(list.map(({ id }) => id)).size))
      }),
    )
  })

  it('remembers the latest ids, newest first, and no more than it needs', () => {
    fc.assert(
      fc.property(fc.array(someTouchpoint, { maxLength: 40 }), (touchpoints) => {
        const ids = touchpoints.map(({ id }) => id).reverse()
        expect(foldAll(touchpoints).recent).toEqual(ids.slice(0, RECENT_IDS))
      }),
    )
  })
})

describe('attachIdentifier', () => {
  const seen = fc.array(
    fc.tuple(fc.constantFrom('a@example.org', 'b@example.org', 'c@example.org'), fc.integer({ min: 1, max: 9 })),
    { minLength: 1, maxLength: 12 },
  )
  const attachAll = (list: readonly (readonly [string, number])[]): Profile =>
    list.reduce((profile, [value, at]) => attachIdentifier(profile, { kind: 'email', value }, at), aProfile())

  it('keeps each value once with its latest time, newest first, whatever the order', () => {
    fc.assert(
      fc.property(seen, (list) => {
        const latest = new Map<string, number>()
        for (const [value, at] of list) latest.set(value, Math.max(at, latest.get(value) ?? 0))
        const expected = [...latest].sort(([a, at], [b, other]) => other - at || (a < b ? -1 : 1))
        expect(attachAll(list).identifiers.email).toEqual(expected)
      }),
    )
  })
})
