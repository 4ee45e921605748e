import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NOON, someIdentifiers, someProfile } from '#test/builders/a-touchpoint.ts'
import { type Identifier, listIdentifiers, PERSONAL_KINDS } from '../touchpoints/identifiers.ts'
import { attachIdentifier } from './fold.ts'
import { mergeProfiles, resolveIdentity, tombstone } from './identity.ts'
import { identifierOf, type Profile } from './profile.ts'

const holds = (profile: Profile, { kind, value }: Identifier): boolean =>
  kind !== 'customerId' && (profile.identifiers[kind] ?? []).some(([held]) => held === value)

/** Three customers that have no identifier in common, and an event that may know several of them. */
const aMeeting = fc
  .tuple(fc.tuple(someProfile('cus_1'), someProfile('cus_2'), someProfile('cus_3')), someIdentifiers)
  .map(([profiles, given]) => {
    const customers = withoutOverlap(profiles)
    const identifiers = listIdentifiers(given)
    const owned = identifiers.map((identifier) => ({
      identifier,
      owner: customers.find((customer) => holds(customer, identifier)),
    }))
    return { customers, identifiers, owned }
  })

function withoutOverlap(profiles: readonly Profile[]): readonly Profile[] {
  const taken = new Set<string>()
  return profiles.map((profile) => {
    const kept = Object.entries(profile.identifiers).filter(([kind, values]) => {
      const name = `${kind} ${values[0]?.[0]}`
      return !taken.has(name) && taken.add(name)
    })
    return { ...profile, identifiers: Object.fromEntries(kept) }
  })
}

const isWeak = ({ kind }: Identifier): boolean => kind === 'deviceId' || kind === 'anonymousId'

describe('resolveIdentity', () => {
  it('puts every identifier of an event in one place: hers, or left with whom it belongs to', () => {
    fc.assert(
      fc.property(aMeeting, ({ identifiers, owned }) => {
        const { attach, conflicts } = resolveIdentity(owned)
        const names = [...attach, ...conflicts].map(({ kind, value }) => `${kind} ${value}`)
        expect(names.sort()).toEqual(identifiers.map(({ kind, value }) => `${kind} ${value}`).sort())
        expect(conflicts.filter(isWeak)).toEqual([])
      }),
    )
  })

  it('takes the holder of the strongest identifier that anybody holds, or somebody new', () => {
    fc.assert(
      fc.property(aMeeting, ({ owned }) => {
        const strongest = owned.find(({ owner }) => owner !== undefined)?.owner
        const { customer, outcome } = resolveIdentity(owned)
        if (customer !== undefined) expect(customer).toBe(strongest)
        if (strongest === undefined) expect(outcome).toBe('created')
      }),
    )
  })

  it('never merges two customers who have different values of a personal kind, or whom the event tells apart', () => {
    fc.assert(
      fc.property(aMeeting, ({ owned }) => {
        const { customer, attach, merge } = resolveIdentity(owned)
        const everybody = customer === undefined ? merge : [customer, ...merge]
        expect(everybody.length).toBe(customer === undefined ? 0 : 1 + merge.length)
        for (const kind of PERSONAL_KINDS) {
          const held = new Set(everybody.flatMap((one) => identifierOf(one, kind) ?? []))
          expect(held.size).toBeLessThanOrEqual(1)
          const named = attach.find((identifier) => identifier.kind === kind)?.value
          for (const other of merge)
            expect([named ?? identifierOf(other, kind), undefined]).toContain(identifierOf(other, kind))
        }
      }),
      { numRuns: 300 },
    )
  })

  it('leaves her with one value of each personal kind, unless the event gives a new one for what she had', () => {
    fc.assert(
      fc.property(aMeeting, ({ owned }) => {
        const { customer, attach, merge } = resolveIdentity(owned)
        if (customer === undefined) return
        const joined = attach.reduce(
          (one, it) => attachIdentifier(one, it, NOON),
          merge.reduce(mergeProfiles, customer),
        )
        for (const kind of PERSONAL_KINDS) {
          const values = (joined.identifiers[kind] ?? []).map(([value]) => value)
          const had = identifierOf(customer, kind)
          const given = attach.find((identifier) => identifier.kind === kind)?.value
          const changed = had !== undefined && given !== undefined && had !== given
          expect(values.length).toBeLessThanOrEqual(changed ? 2 : 1)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('mergeProfiles', () => {
  const two = fc.tuple(someProfile('cus_1'), someProfile('cus_2'))

  it('keeps the same facts whichever of the two survives', () => {
    fc.assert(
      fc.property(two, ([one, other]) => {
        const facts = ({
          identifiers,
          traits,
          consent,
          suppressed,
          pushDevices,
          entered,
          createdAt,
          lastSeenAt,
        }: Profile) => ({
          ...{ identifiers, traits, consent, suppressed, pushDevices, entered, createdAt, lastSeenAt },
        })
        expect(facts(mergeProfiles(one, other))).toEqual(facts(mergeProfiles(other, one)))
        expect(mergeProfiles(one, other).counted.length).toBe(one.counted.length + other.counted.length)
      }),
    )
  })

  it('keeps the survivor’s id and version and remembers who was merged into it', () => {
    fc.assert(
      fc.property(two, ([one, other]) => {
        const merged = mergeProfiles(one, { ...other, aliases: ['cus_0'] })
        expect(merged).toMatchObject({ id: one.id, version: one.version, aliases: ['cus_2', 'cus_0'] })
      }),
    )
  })

  it('loses no closed address', () => {
    fc.assert(
      fc.property(two, ([one, other]) => {
        const closed = Object.keys({ ...one.suppressed, ...other.suppressed })
        expect(Object.keys(mergeProfiles(one, other).suppressed).sort()).toEqual(closed.sort())
      }),
    )
  })
})

describe('tombstone', () => {
  it('holds nothing of her but where she went', () => {
    fc.assert(
      fc.property(someProfile('cus_1'), (profile) => {
        const { id, version, createdAt, lastSeenAt, mergedInto, ...rest } = tombstone(profile, 'cus_2')
        expect({ id, version, createdAt, lastSeenAt, mergedInto }).toEqual({
          ...{ id: profile.id, version: profile.version, createdAt: profile.createdAt },
          ...{ lastSeenAt: profile.lastSeenAt, mergedInto: 'cus_2' },
        })
        for (const value of Object.values(rest)) expect(Object.keys(value ?? {})).toEqual([])
      }),
    )
  })
})
