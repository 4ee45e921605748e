/** A request to somebody else's server. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array | undefined
  /** Milliseconds for all of it, from the look-up of the name to the last byte; ten seconds at the most. */
  readonly timeout: number
}

export type HttpAnswer =
  /** Whatever the status; redirects are not followed. */
  | { readonly outcome: 'answered'; readonly status: number; readonly body: string }
  /** Not sent, and never will be: the address is none that may be called. */
  | { readonly outcome: 'refused'; readonly reason: HttpRefusal }
  /** Nobody knows whether it was taken, unless the connection failed. */
  | { readonly outcome: 'failed'; readonly reason: HttpFailure }

export type HttpRefusal =
  | 'bad-url'
  | 'not-https'
  | 'user-info'
  | 'port'
  /** It leads into a network that is not the public internet. */
  | 'private-address'

export type HttpFailure = 'no-such-host' | 'connection' | 'timeout' | 'too-large' | 'unreadable'

/** Calls servers on the public internet, and no others: who writes a URL must not reach what stands beside us. */
export interface Http {
  request(request: HttpRequest): Promise<HttpAnswer>
}

export const HTTP_LIMITS = { milliseconds: 10_000, answerBytes: 1024 * 1024 } as const
