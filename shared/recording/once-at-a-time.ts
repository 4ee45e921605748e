import { journeyVersion } from '../journeys/versions/live.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Draft } from './draft.ts'
import type { RecordWorld } from './recording.ts'

/**
 * A journey without a key takes a customer once at a time. Where two records that turned out to be one were both in it, the
 * run that began first goes on and the other ends, so that she does not get everything twice.
 */
export async function onceAtATime(world: Pick<RecordWorld, 'table'>, draft: Draft, merged: Profile): Promise<Profile> {
  const byJourney = Map.groupBy(Object.entries(merged.runs), ([, { journey }]) => journey)
  let profile = merged
  for (const runs of byJourney.values()) {
    const [, ...later] = runs.toSorted(([, one], [, other]) => one.enteredAt - other.enteredAt)
    for (const [id, run] of later) {
      const { enter } = (await journeyVersion(world, run.journey, run.version)).content.document
      if (enter.key === undefined)
        profile = draft.endRun(profile, id, run, { reason: 'merged', detail: 'she was in it already' })
    }
  }
  return profile
}
