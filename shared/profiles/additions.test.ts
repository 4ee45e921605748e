import { describe, expect, it } from 'vitest'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import type { Json } from '../world/table.ts'
import { withAdditions } from './additions.ts'
import { newProfile } from './profile.ts'

/** What the trait is afterwards. */
function added(value: Json | undefined, { add, remove }: { add?: number | string[]; remove?: string[] }): unknown {
  const profile = newProfile('c1', 0)
  const traits = value === undefined ? {} : { it: [value, 50] as const }
  const touchpoint = {
    occurredAt: 10,
    ...(add === undefined ? {} : { add: { it: add } }),
    ...(remove === undefined ? {} : { remove: { it: remove } }),
  } as unknown as Touchpoint
  return withAdditions(touchpoint, { ...profile, traits }).traits?.it
}

describe('withAdditions', () => {
  it.each<[Json | undefined, number, number]>([
    [undefined, 5, 5],
    [10, 5, 15],
    ['10', 5, 15],
    [10, -15, -5],
    ['ten', 5, 5],
    [null, 5, 5],
  ])('adds to the number %j: %d gives %d', (value, add, sum) => {
    expect(added(value, { add })).toBe(sum)
  })

  it.each<[Json | undefined, { add?: string[]; remove?: string[] }, readonly string[]]>([
    [undefined, { add: ['vip'] }, ['vip']],
    [['new'], { add: ['vip', 'vip'] }, ['new', 'vip']],
    [['new', 'vip'], { add: ['vip'] }, ['new', 'vip']],
    ['new', { add: ['vip'] }, ['new', 'vip']],
    [['new', 'vip'], { remove: ['new'] }, ['vip']],
    [['new'], { add: ['vip'], remove: ['new', 'vip'] }, []],
    [undefined, { remove: ['vip'] }, []],
    [null, { add: ['vip'] }, ['vip']],
  ])('lets members join and leave the list %j: %j', (value, change, list) => {
    expect(added(value, change)).toEqual(list)
  })

  it('keeps the latest hundred members of a list', () => {
    const long = Array.from({ length: 100 }, (_, index) => `t${index}`)
    expect(added(long, { add: ['vip'] })).toEqual([...long.slice(1), 'vip'])
  })

  it('counts as later than what the trait was, whatever a clock said', () => {
    const profile = { ...newProfile('c1', 0), traits: { it: [1, 50] as const } }
    const touchpoint = { occurredAt: 10, add: { it: 1 } } as unknown as Touchpoint
    expect(withAdditions(touchpoint, profile).traitsAt).toBe(51)
  })

  it('leaves a touchpoint as it is that adds nothing', () => {
    const touchpoint = { occurredAt: 10, traits: { a: 1 } } as unknown as Touchpoint
    expect(withAdditions(touchpoint, newProfile('c1', 0))).toBe(touchpoint)
  })
})
