import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda'
import type { Change } from '#shared/world/feed.ts'
import type { World } from '#shared/world/world.ts'
import { changesOf } from '../aws/stream-changes.ts'
import { chain, type Handler } from './chain.ts'
import type { Manifest, Trigger } from './manifest.ts'

/** The embedded feed hands changes over as they are; AWS in its own envelope. */
export type ChangesEvent = { readonly changes: readonly Change[] } | DynamoDBStreamEvent

/** A function that follows the committed changes of the table, at least once and in order for each customer. */
export function onChanges(
  manifest: Manifest<Extract<Trigger, { on: 'changes' }>>,
  work: (changes: readonly Change[], world: World) => Promise<void>,
): Handler<ChangesEvent, DynamoDBBatchResponse> {
  return chain(manifest, async (event: ChangesEvent, world) => {
    await work('changes' in event ? event.changes : changesOf(event), world)
    return { batchItemFailures: [] }
  })
}
