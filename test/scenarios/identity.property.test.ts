import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findHolders, identifierName } from '#shared/profiles/identifier-rows.ts'
import { loadProfile } from '#shared/profiles/store.ts'
import { type Identifier, listIdentifiers, PERSONAL_KINDS } from '#shared/touchpoints/identifiers.ts'
import { aStage, START } from '#test/builders/a-system.ts'
import { someIdentifiers } from '#test/builders/a-touchpoint.ts'
import { allRows } from '#test/builders/all-rows.ts'

/*
 * Who is who must hold whatever comes in, in whatever batches: an identifier that leads to nobody, or to a record that
 * was merged away, is a customer lost; a touchpoint that is nowhere, or twice, is a story told wrongly.
 */

/** Events of a few people on a few devices, cut into batches. */
const someBatches = fc
  .array(fc.array(fc.tuple(someIdentifiers, fc.integer({ min: -30, max: 0 })), { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((batches) => {
    let count = 0
    return batches.map((batch) =>
      batch.map(([identifiers, minutes]) => ({
        id: `event-${++count}`,
        type: 'page.viewed',
        occurredAt: new Date(START + minutes * 60_000).toISOString(),
        identifiers,
        traits: { [`trait-${count}`]: true },
      })),
    )
  })

/** An anonymous event that comes again after its device went to somebody else is hers then: no row of hers tells. */
const isAboutSomebody = ({ identifiers }: { readonly identifiers: object }): boolean =>
  PERSONAL_KINDS.some((kind) => kind in identifiers)

describe('identity, whatever comes in', () => {
  it('records each touchpoint once and loses no trait, also when a batch comes again, and leads every identifier to one living customer who knows it', async () => {
    await fc.assert(
      fc.asyncProperty(someBatches, fc.nat(), async (batches, again) => {
        const stage = await aStage()
        const { world } = stage.system
        for (const batch of batches) await stage.receive(...batch)
        await stage.receive(...(batches[again % batches.length] ?? []).filter(isAboutSomebody))
        const rows = await allRows(stage.system.world.table)

        const recorded = rows.filter(({ sk }) => sk.startsWith('T#')).map(({ sk }) => sk.split('#')[2])
        expect(recorded.sort()).toEqual(
          batches
            .flat()
            .map(({ id }) => id)
            .sort(),
        )

        const profiles = rows.filter(({ sk }) => sk === 'PROFILE')
        const living = profiles.filter(({ into }) => into === undefined)
        const traits = living.flatMap(({ t }) => Object.keys((t ?? {}) as object))
        expect(traits.sort()).toEqual(
          batches
            .flat()
            .flatMap((event) => Object.keys(event.traits))
            .sort(),
        )

        const seen = new Map<string, Identifier>()
        for (const { identifiers } of batches.flat())
          for (const identifier of listIdentifiers(identifiers)) seen.set(identifierName(identifier), identifier)
        const holders = await findHolders(world, [...seen.values()])
        for (const [name, { kind, value }] of seen) {
          const profile = await loadProfile(world, holders.get(name) ?? 'nobody')
          expect(profile?.mergedInto).toBeUndefined()
          expect(profile?.identifiers[kind as 'userId']?.map(([held]) => held)).toContain(value)
        }
        const held = living.flatMap(({ i }) => Object.entries((i ?? {}) as Record<string, [string, number][]>))
        const values = held.flatMap(([kind, list]) => list.map(([value]) => `${kind} ${value}`))
        expect(new Set(values).size).toBe(values.length)
        await stage.system.stop()
      }),
      { numRuns: 60 },
    )
  })
})
