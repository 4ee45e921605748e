import { isNamed } from '../errors/errors.ts'
import { findHolders, identifierName } from '../profiles/identifier-rows.ts'
import { listIdentifiers } from '../touchpoints/identifiers.ts'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import { makeRoom } from './make-room.ts'
import { recordGroup } from './record-group.ts'
import type { Recorded, RecordWorld } from './recording.ts'

/** As many touchpoints of one customer as go into one commit, which has room for a hundred rows. */
const MOST_TOGETHER = 16

/**
 * The one way in: records touchpoints, folds them into their profiles, decides what they cause, commits all of it
 * together for each customer, and then does what was decided. Answers in the order given. Safe to repeat.
 * @throws Unavailable or Conflict when a part could not be recorded; what was recorded stays recorded.
 */
export async function recordTouchpoints(
  world: RecordWorld,
  touchpoints: readonly Touchpoint[],
): Promise<readonly Recorded[]> {
  const holders = await findHolders(
    world,
    touchpoints.flatMap(({ identifiers }) => listIdentifiers(identifiers)),
  )
  const results = new Map<Touchpoint, Recorded>()
  await Promise.all(
    groupByCustomer(touchpoints, holders).map(async (group) => {
      for (let at = 0; at < group.length; at += MOST_TOGETHER) {
        const part = group.slice(at, at + MOST_TOGETHER)
        for (const [touchpoint, recorded] of await recordPart(world, part, at === 0 ? holders : undefined))
          results.set(touchpoint, recorded)
      }
    }),
  )
  return touchpoints.map(
    (touchpoint) => results.get(touchpoint) ?? { outcome: 'rejected', reason: 'It was not recorded.' },
  )
}

/**
 * What is too much for one commit is tried in halves, and what one touchpoint ends is ended ahead of it; one that the
 * store will never take is rejected, so that it does not hold up the others.
 */
async function recordPart(
  world: RecordWorld,
  part: readonly Touchpoint[],
  holders?: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<Touchpoint, Recorded>> {
  try {
    return await recordGroup(world, part, holders)
  } catch (error) {
    if (!isNamed(error, 'InvalidInput')) throw error
    const [first] = part
    if (first !== undefined && part.length === 1)
      return (await makeRoom(world, first))
        ? recordPart(world, part)
        : new Map([[first, { outcome: 'rejected', reason: error.message }]])
    const half = Math.ceil(part.length / 2)
    return new Map([...(await recordPart(world, part.slice(0, half))), ...(await recordPart(world, part.slice(half)))])
  }
}

/** Touchpoints that share an identifier, or a customer who holds theirs, go together, in the order of their time. */
function groupByCustomer(
  touchpoints: readonly Touchpoint[],
  holders: ReadonlyMap<string, string>,
): readonly (readonly Touchpoint[])[] {
  const groups = new Map<string, Touchpoint[]>()
  for (const touchpoint of touchpoints) {
    const names = listIdentifiers(touchpoint.identifiers).map((identifier) => {
      const name = identifierName(identifier)
      return holders.get(name) ?? name
    })
    const joined = new Set(names.flatMap((name) => groups.get(name) ?? []))
    const group = [...joined, touchpoint]
    for (const member of group)
      for (const identifier of listIdentifiers(member.identifiers)) {
        const name = identifierName(identifier)
        groups.set(holders.get(name) ?? name, group)
      }
  }
  return [...new Set(groups.values())].map((group) =>
    group.sort((a, b) => a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : 1)),
  )
}
