import { Conflict } from '../errors/errors.ts'
import type { Profile } from '../profiles/profile.ts'
import { loadProfile, putProfile } from '../profiles/store.ts'
import type { Write } from '../world/table.ts'
import type { World } from '../world/world.ts'
import type { DispatchRequest, Settlement } from './dispatch-request.ts'
import { dispatchKey } from './dispatch-row.ts'

interface Outcome {
  /** The profile as we last saw it; read again when somebody wrote meanwhile. */
  readonly start: Profile
  readonly attributes: Readonly<Record<string, unknown>>
  readonly also?: readonly Write[]
  /** What becomes of her profile with it, if anything. */
  readonly change: (profile: Profile) => Settlement | undefined
}

const MOST_ATTEMPTS = 20

/**
 * Writes what came of a dispatch, with what it means for her profile.
 * @returns the version of the profile afterwards.
 */
export async function writeOutcome(
  { table }: Pick<World, 'table'>,
  { id, customer }: Pick<DispatchRequest, 'id' | 'customer'>,
  { start, attributes, also = [], change }: Outcome,
): Promise<number> {
  const row: Write[] = Object.keys(attributes).length === 0 ? [] : [{ set: dispatchKey(customer, id), attributes }]
  let profile = start
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const settlement = change(profile)
    const writes = [
      ...(settlement === undefined ? [] : [putProfile(settlement.profile), ...settlement.writes]),
      ...row,
      ...also,
    ]
    if (writes.length === 0 || (await table.write(writes)).committed)
      return profile.version + (settlement === undefined ? 0 : 1)
    profile = (await loadProfile({ table }, customer)) ?? profile
  }
  throw new Conflict(
    'dispatch.outcome-contention',
    'Others kept writing to this customer while an outcome was recorded.',
  )
}
