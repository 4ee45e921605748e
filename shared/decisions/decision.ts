/** Why a channel may not be used, or not yet; each has one sentence in `sentences`. */
export type ReasonCode =
  | 'may-send'
  | 'no-content'
  | 'no-provider'
  | 'not-reachable'
  | 'suppressed'
  | 'stopped'
  | 'no-consent'
  | 'consent-withdrawn'
  | 'quiet-hours'
  | 'frequency-cap'
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

const SENTENCES: Readonly<Record<ReasonCode, string>> = {
  'may-send': 'Nothing stood against it.',
  'no-content': 'The message has no form for this channel.',
  'no-provider': 'This installation has no provider for this channel.',
  'not-reachable': 'We have no address of hers on this channel.',
  suppressed: 'Her address is closed: a message to it bounced for good, or she called one spam.',
  stopped: 'She told us to stop on this channel altogether.',
  'no-consent': 'She has not allowed this purpose on this channel.',
  'consent-withdrawn': 'She withdrew her consent for this purpose on this channel.',
  'quiet-hours': 'It is night or early morning where she is.',
  'frequency-cap': 'She has had as many messages as she should get in this time.',
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
  return detail === undefined ? SENTENCES[code] : `${SENTENCES[code].slice(0, -1)} (${detail}).`
}
