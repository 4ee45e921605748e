import { liveBrand } from '../dispatches/brand-documents.ts'
import { jobProgress } from '../jobs/job.ts'
import { existingJob, onceJob } from '../journeys/entries/entry-jobs.ts'
import type { LiveJourney } from '../journeys/versions/live.ts'
import type { World } from '../world/world.ts'

/** How far a journey is with letting in a whole segment: a broadcast, or those who were there before. */
export interface EntryProgress {
  /** When it begins, or began. */
  readonly dueAt: string
  /** Members of the segment who have been dealt with. */
  readonly customers: number
  readonly partsDone: number
  readonly parts: number
}

/** @returns undefined when it lets nobody in in this way, or what it did is forgotten. */
export async function entryProgress(
  world: Pick<World, 'table' | 'clock'>,
  journey: LiveJourney,
): Promise<EntryProgress | undefined> {
  const job = onceJob(journey, await liveBrand(world)) ?? existingJob(journey)
  const progress = job && (await jobProgress(world, job))
  if (job === undefined || progress === undefined) return undefined
  const { handled, shardsDone, shards } = progress
  return { dueAt: new Date(job.dueAt).toISOString(), customers: handled, partsDone: shardsDone, parts: shards }
}
