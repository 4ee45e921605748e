/** What an app puts on the bus; `detail` is the touchpoint as it came, not yet checked. */
export interface BusEvent {
  readonly source: string
  readonly detailType: string
  readonly detail: Readonly<Record<string, unknown>>
  /** When the sender says it happened (epoch ms). */
  readonly time?: number
}

export type PublishResult =
  | { readonly accepted: true; readonly eventId: string }
  | { readonly accepted: false; readonly reason: string }

/** Per event, in order. Accepted means durable: it will be delivered at least once, in no promised order. */
export interface Bus {
  publish(events: readonly BusEvent[]): Promise<readonly PublishResult[]>
}

/** One event may hold 1 MB (docs.aws.amazon.com/eventbridge, "PutEvents"). */
export const BUS_LIMITS = { eventBytes: 1024 * 1024 } as const
