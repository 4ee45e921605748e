import type { ReconcileWorld } from '../../dispatches/reconcile.ts'
import type { PageWork } from '../../jobs/job.ts'
import { datesWork, ENTER_BY_DATE, scheduleWork } from '../../journeys/entries/entry-clocks.ts'
import { DATES, ENTER_SEGMENT, SCHEDULE } from '../../journeys/entries/entry-jobs.ts'
import { moveWork } from '../../journeys/versions/move.ts'
import { resumeWork } from '../../journeys/versions/park-run.ts'
import { SEGMENT_BACKFILL } from '../../segments/publish-segments.ts'
import type { RecordWorld } from '../recording.ts'
import { enterByDateWork } from './enter-by-date.ts'
import { enterSegmentWork } from './enter-segment.ts'
import { backfillWork } from './review-customer.ts'

/** What a sweep asks of the world: whatever fell due may be done. */
export type SweepWorld = ReconcileWorld & RecordWorld

/** How the pages of each kind of job are worked; the keys stand in the jobs' rows. */
export function jobWorks(world: SweepWorld): Readonly<Record<string, PageWork>> {
  return {
    resume: resumeWork(world),
    move: moveWork(world),
    [SCHEDULE]: scheduleWork(world),
    [DATES]: datesWork(world),
    [ENTER_BY_DATE]: enterByDateWork(world),
    [ENTER_SEGMENT]: enterSegmentWork(world),
    [SEGMENT_BACKFILL]: backfillWork(world),
  }
}
