import type { ConsentChange, Touchpoint } from '../touchpoints/touchpoint.ts'
import type { Item } from '../world/table.ts'
import { customerPartition } from './store.ts'

/** Who allowed or withdrew what, when, where and on which wording (GDPR Art. 7(1)); it outlives the touchpoint's row. */
export function consentProofItem(
  customer: string,
  { id, occurredAt, recordedAt, channel, source }: Touchpoint,
  change: ConsentChange,
): Item {
  return {
    pk: customerPartition(customer),
    sk: `N#consent#${new Date(occurredAt).toISOString()}#${change.purpose}/${change.channel}#${id}`,
    ...change,
    occurredAt,
    recordedAt,
    touchpoint: id,
    seenOn: channel,
    source: change.source ?? source,
  }
}
