import type { ConsentChange, Touchpoint } from '../touchpoints/touchpoint.ts'
import type { Item } from '../world/table.ts'
import { customerPartition } from './store.ts'

/** With this the sort keys begin of the records of a consent that was given or withdrawn at an instant. */
export function consentProofPrefix(
  { purpose, channel }: Pick<ConsentChange, 'purpose' | 'channel'>,
  at: number,
): string {
  return `N#consent#${new Date(at).toISOString()}#${purpose}/${channel}#`
}

/** Who allowed or withdrew what, when, where and on which wording (GDPR Art. 7(1)); it outlives the touchpoint's row. */
export function consentProofItem(
  customer: string,
  { id, occurredAt, recordedAt, channel, source }: Touchpoint,
  change: ConsentChange,
): Item {
  return {
    pk: customerPartition(customer),
    sk: `${consentProofPrefix(change, occurredAt)}${id}`,
    ...change,
    occurredAt,
    recordedAt,
    touchpoint: id,
    seenOn: channel,
    source: change.source ?? source,
  }
}
