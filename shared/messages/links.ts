import { createHmac, type KeyObject, timingSafeEqual } from 'node:crypto'
import { DAY } from '../time/duration.ts'

/** What a link of ours stands for. Ids only: whoever sees a link must not learn an address from it. */
export type LinkPayload =
  | {
      readonly kind: 'unsubscribe'
      readonly customer: string
      readonly dispatch: string
      readonly channel: string
      readonly purpose: string
    }
  | { readonly kind: 'click'; readonly customer: string; readonly dispatch: string; readonly url: string }
  /** Shows what she allowed, so it works for a limited time only (epoch ms). */
  | { readonly kind: 'preferences'; readonly customer: string; readonly expiresAt: number }

type Kind = LinkPayload['kind']

/** The path of the page that takes each kind; one letter, since SMS are short. */
const PATHS = { unsubscribe: 'u', click: 'c', preferences: 'p' } as const satisfies Record<Kind, string>

/** Part of what is signed: a token of another version, or of another system with the same key, is none of ours. */
const VERSION = 'throughline-link-1'

const PREFERENCES_LAST = 90 * DAY

/** A token that only the holder of `key` can make; it says what it is for and is of use for nothing else. */
export function signLink(key: KeyObject, { kind, ...values }: LinkPayload): string {
  const body = Buffer.from(JSON.stringify(values)).toString('base64url')
  return `${PATHS[kind]}.${body}.${signatureOf(key, PATHS[kind], body)}`
}

/** What the token says; undefined alike for one that was changed, forged, is too old or is no token at all. */
export function readLink(key: KeyObject, token: string, now: number): LinkPayload | undefined {
  const [letter = '', body = '', signature = '', ...more] = token.split('.')
  if (more.length > 0 || !isSame(signature, signatureOf(key, letter, body))) return undefined
  const kind = (Object.keys(PATHS) as Kind[]).find((known) => PATHS[known] === letter) // the keys of a constant object
  if (!kind) return undefined
  // Only we can have signed it, so it holds what `signLink` put in.
  const payload = { kind, ...JSON.parse(Buffer.from(body, 'base64url').toString()) } as LinkPayload
  return payload.kind === 'preferences' && payload.expiresAt < now ? undefined : payload
}

export interface Links {
  readonly unsubscribe?: string | undefined
  readonly preferences?: string | undefined
  /** Where a link of the text leads instead, so that following it is seen. */
  readonly click?: ((url: string) => string) | undefined
}

/** The links of one message to one customer. A message that needs no consent has no way to withdraw it. */
export function linksFor(options: {
  readonly publicUrl: string
  readonly key: KeyObject
  readonly customer: string
  readonly dispatch: string
  readonly channel: string
  readonly purpose: string
  readonly needsConsent: boolean
  readonly now: number
}): Links & { readonly preferences: string } {
  const { publicUrl, key, customer, dispatch, channel, purpose, needsConsent, now } = options
  const urlOf = (payload: LinkPayload) => `${publicUrl}/${PATHS[payload.kind]}/${signLink(key, payload)}`
  return {
    ...(needsConsent ? { unsubscribe: urlOf({ kind: 'unsubscribe', customer, dispatch, channel, purpose }) } : {}),
    preferences: urlOf({ kind: 'preferences', customer, expiresAt: now + PREFERENCES_LAST }),
    click: (url) => urlOf({ kind: 'click', customer, dispatch, url }),
  }
}

function signatureOf(key: KeyObject, letter: string, body: string): string {
  return createHmac('sha256', key).update(`${VERSION}.${letter}.${body}`).digest('base64url')
}

/** Compares the texts, not the bytes they stand for: several texts of base64 stand for the same bytes. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
