import type { Item, Key } from '../world/table.ts'

const KEPT_SECONDS = 90 * 86_400

/** A provider's id of a message leads to the dispatch, for channels whose feedback carries no tag of ours. */
export function providerMessageKey(channel: string, providerId: string): Key {
  return { pk: `M#${channel}#${providerId}`, sk: 'M' }
}

export function providerMessageItem(
  channel: string,
  providerId: string,
  { customer, dispatch, now }: { readonly customer: string; readonly dispatch: string; readonly now: number },
): Item {
  return {
    ...providerMessageKey(channel, providerId),
    customer,
    dispatch,
    expiresAt: Math.floor(now / 1_000) + KEPT_SECONDS,
  }
}
