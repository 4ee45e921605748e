/** One message, rendered and addressed, on its way out. `tags` come back in the provider's feedback where it can. */
export interface Outgoing {
  readonly channel: string
  /** The dispatch id: the provider's idempotency key where it has one. */
  readonly dispatch: string
  readonly customer: string
  readonly to: string
  readonly content: Readonly<Record<string, unknown>>
  readonly tags: Readonly<Record<string, string>>
}

export type Delivery =
  /** Taken over by the provider; `delivered` when it also knows that it arrived. */
  | { readonly outcome: 'accepted'; readonly providerId: string; readonly delivered?: boolean }
  /** It will never take this message to this address; `suppress` when the address itself is dead. */
  | { readonly outcome: 'refused'; readonly reason: string; readonly suppress?: boolean }

/**
 * Takes a message to the outside. Whatever is thrown except Unavailable means that nobody knows whether it was taken:
 * the dispatch becomes `uncertain`. Unavailable promises that it was not.
 */
export interface Provider {
  readonly name: string
  /** What may be done when nobody knows whether a message was taken: repeat it, wait for its feedback, or nothing. */
  readonly idempotency: 'key' | 'tags' | 'none'
  /** True when it answers STOP and HELP itself, so that she must not get a second answer. */
  readonly answersKeywords?: boolean
  deliver(message: Outgoing): Promise<Delivery>
}
