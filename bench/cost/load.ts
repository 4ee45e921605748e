import { manifest as countChanges } from '#functions/count-changes/manifest.ts'
import { manifest as recordTouchpoints } from '#functions/record-touchpoints/manifest.ts'

/** How busy a system is: what comes together is dealt with together, and is cheaper. */
export interface Load {
  readonly name: string
  /** Touchpoints a second. */
  readonly perSecond: number
}

/** Two and a half million touchpoints a month, spread evenly; and a busy day of fifty times as many. */
export const LOADS: readonly Load[] = [
  { name: 'quiet', perSecond: 1 },
  { name: 'busy', perSecond: 50 },
]

/** docs.aws.amazon.com/lambda: so many poll a queue of little traffic, and each fills batches of its own. */
const POLLERS = 5
/** A table that is paid by use begins with so many partitions, and its stream with a shard for each. */
const STREAM_SHARDS = 4
/** Of one receipt, and of one deletion. */
const MOST_MESSAGES = 10

/** Messages in one run of a function that a queue starts: the first begins the batch, the others come in its window. */
export function messagesInBatch({ perSecond }: Load): number {
  const { batchSize, batchSeconds } = recordTouchpoints.trigger
  return Math.min(batchSize, 1 + (perSecond * batchSeconds) / POLLERS)
}

/** @param changes of rows that a touchpoint makes */
export function changesInBatch({ perSecond }: Load, changes: number): number {
  const { batchSize, batchSeconds } = countChanges.trigger
  return Math.min(batchSize, 1 + (changes * perSecond * batchSeconds) / STREAM_SHARDS)
}

/** Sent one by one, received and deleted in batches. */
export function queueRequests(messages: number, load: Load): number {
  return messages * (1 + 2 / Math.min(MOST_MESSAGES, messagesInBatch(load)))
}
