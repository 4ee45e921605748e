import type { Profile } from '../profiles/profile.ts'
import { timelineKey, untimedKey } from '../profiles/timeline-row.ts'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import { type Key, TABLE_LIMITS } from '../world/table.ts'
import type { World } from '../world/world.ts'

/**
 * The ids of touchpoints that stand in her timeline already, or in that of a customer who has been merged into her:
 * rows stay where they are, so no condition of a commit meets those. Costs nothing where she is one record only.
 */
export async function findRepeats(
  { table }: Pick<World, 'table'>,
  profiles: Iterable<Pick<Profile, 'id' | 'aliases'>>,
  touchpoints: readonly Touchpoint[],
): Promise<readonly string[]> {
  const homes = new Set([...profiles].flatMap(({ id, aliases }) => [id, ...aliases]))
  if (homes.size < 2) return []
  const places = [...homes].flatMap((home) => touchpoints.map((touchpoint) => ({ home, touchpoint })))
  const found: string[] = []
  for (let at = 0; at < places.length; at += TABLE_LIMITS.getManyKeys) {
    const part = places.slice(at, at + TABLE_LIMITS.getManyKeys)
    const items = await table.getMany(part.map(({ home, touchpoint }) => rowKey(home, touchpoint)))
    found.push(...part.filter((_, index) => items[index] !== undefined).map(({ touchpoint }) => touchpoint.id))
  }
  return found
}

function rowKey(customer: string, touchpoint: Touchpoint): Key {
  return touchpoint.timed ? timelineKey(customer, touchpoint) : untimedKey(customer, touchpoint.id)
}
