/** Why a channel may not be used, or not yet; each has one sentence in `REASONS`. */
export type ReasonCode =
  | 'may-send'
  | 'no-content'
  | 'no-provider'
  | 'not-reachable'
  | 'suppressed'
  | 'stopped'
  | 'no-consent'
  | 'consent-withdrawn'
  | 'holdout'
  | 'in-conversation'
  | 'quiet-hours'
  | 'legal-hours'
  | 'her-hour'
  | 'frequency-cap'
  | 'reserved'
  | 'deadline-passed'
  | 'too-many-holds'
  | 'provider-refused'
  | 'provider-unavailable'
  | 'no-channel'

/** The answer of one gate about one channel. */
export interface Reason {
  readonly channel: string
  readonly code: ReasonCode
  /** When the gate would open (epoch ms), where it only says "later". */
  readonly until?: number | undefined
  /** What it was about: a cap, a zone, a provider's words. */
  readonly detail?: string | undefined
}

/** May we send, when, on which channel. Waiting and not sending are normal; `because` says why, gate by gate. */
export type Decision =
  | {
      readonly outcome: 'send'
      readonly channel: string
      readonly address: string
      readonly because: readonly Reason[]
    }
  | { readonly outcome: 'hold'; readonly until: number; readonly because: readonly Reason[] }
  | { readonly outcome: 'skip'; readonly reason: ReasonCode; readonly because: readonly Reason[] }

/** Each reason in a sentence. */
export const REASONS: Readonly<Record<ReasonCode, string>> = {
  'may-send': 'Nothing stood against it.',
  'no-content': 'The message has no form for this channel.',
  'no-provider': 'This installation has no provider for this channel.',
  'not-reachable': 'We have no address of hers on this channel.',
  suppressed: 'Her address is closed: messages to it bounced, or she called one spam.',
  stopped: 'She told us to stop on this channel altogether.',
  'no-consent': 'She has not allowed this purpose on this channel.',
  'consent-withdrawn': 'She withdrew her consent for this purpose on this channel.',
  holdout: 'She is in the control group that gets no marketing at all.',
  'in-conversation': 'She waits for an answer of ours, and gets no marketing until she has it.',
  'quiet-hours': 'It is night or early morning where she is.',
  'legal-hours': 'The law where she is allows no marketing at this hour.',
  'her-hour': 'It waits for the hour at which she is most often there.',
  'frequency-cap': 'She has had as many messages as she should get in this time.',
  reserved: 'What is left of this time is kept for messages that matter more.',
  'deadline-passed': 'It could not go out before its deadline.',
  'too-many-holds': 'It was put off too often.',
  'provider-refused': 'The provider will not take it.',
  'provider-unavailable': 'The provider could not be reached.',
  'no-channel': 'No channel was left to send it by.',
}

/** The channel it is about, and why. */
export function describeReasonWithChannel(reason: Reason): string {
  return `${reason.channel === '' ? '' : `${reason.channel}: `}${describeReason(reason)}`
}

export function describeReason({ code, detail }: Pick<Reason, 'code' | 'detail'>): string {
  return detail === undefined ? REASONS[code] : `${REASONS[code].slice(0, -1)} (${detail}).`
}
