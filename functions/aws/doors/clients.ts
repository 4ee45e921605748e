import type { Outside } from '../outside.ts'

/** An answer that takes longer is lost: the client asks again, or the caller hears of it while it can still do so. */
export function patient({ account }: Outside) {
  return {
    ...account,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
  }
}

/**
 * Providers cannot tell a repetition from another message, so nothing is sent again by itself. Nor over a connection
 * from before: while Lambda held the function still it may have been lost, and then nobody would know what was taken.
 */
export function unrepeated({ account }: Outside) {
  return {
    ...account,
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: 2_000,
      requestTimeout: 15_000,
      throwOnRequestTimeout: true,
      httpAgent: { keepAlive: false },
      httpsAgent: { keepAlive: false },
    },
  }
}
