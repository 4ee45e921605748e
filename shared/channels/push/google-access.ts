import { sign } from 'node:crypto'
import * as z from 'zod'
import { Unavailable } from '../../errors/errors.ts'
import type { World } from '../../world/world.ts'

/** What Google's console hands out as the JSON key of a service account. */
export const ServiceAccount = z.object({
  project_id: z.string().min(1),
  client_email: z.string().min(1),
  private_key: z.string().startsWith('-----BEGIN'),
  token_uri: z.url(),
})

export type ServiceAccount = z.infer<typeof ServiceAccount>

/** firebase.google.com/docs/cloud-messaging, "Authorize send requests". */
const SCOPE = 'https://www.googleapis.com/auth/firebase.messaging'
/** RFC 7523. */
const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const HOUR_SECONDS = 3_600
/** A token is renewed so long (ms) before it ends. */
const MARGIN = 60_000
const TIMEOUT = 5_000

const Granted = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() })

export interface Access {
  readonly token: string
  readonly project: string
}

interface Held extends Access {
  /** Epoch ms. */
  readonly endsAt: number
}

/**
 * Access to Google's APIs for a service account: one token for as long as it holds.
 * Each call throws Unavailable when there is none now.
 */
export function googleAccess(
  world: Pick<World, 'http' | 'clock'>,
  account: () => Promise<ServiceAccount>,
): () => Promise<Access> {
  let asked: Promise<Held> | undefined
  return async () => {
    const before = asked
    const held = await before?.catch(() => undefined)
    if (held !== undefined && held.endsAt - MARGIN > world.clock.now()) return held
    // Of many that find the same token at its end, the first asks for the next one.
    const next = asked === before ? undefined : asked
    asked = next ?? account().then((known) => obtain(world, known))
    return asked.catch((cause: unknown) => {
      throw new Unavailable(
        'push.no-google-access',
        'Google gives no access to send; if it goes on, put a new JSON key of the service account into its secret.',
        { cause },
      )
    })
  }
}

async function obtain(
  { http, clock }: Pick<World, 'http' | 'clock'>,
  { project_id: project, token_uri: url, client_email: iss, private_key: key }: ServiceAccount,
): Promise<Held> {
  const now = clock.now()
  const iat = Math.floor(now / 1_000)
  const assertion = signed({ iss, aud: url, iat, exp: iat + HOUR_SECONDS, scope: SCOPE }, key)
  const answer = await http.request({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ grant_type: GRANT, assertion }).toString(),
    timeout: TIMEOUT,
  })
  if (answer.outcome !== 'answered' || answer.status !== 200)
    throw new Unavailable('provider.not-taken', 'Google answered a request for access with a "no".', {
      details: answer.outcome === 'answered' ? { status: answer.status } : { reason: answer.reason },
    })
  const { access_token: token, expires_in: seconds } = Granted.parse(JSON.parse(answer.body))
  return { token, project, endsAt: now + seconds * 1_000 }
}

function signed(claims: object, key: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`
  return `${text}.${sign('RSA-SHA256', Buffer.from(text), key).toString('base64url')}`
}
