import { createHmac, createSign, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { SimpleJwksCache } from 'aws-jwt-verify/jwk'
import { cognitoSignIn } from '#functions/aws/sign-in.ts'
import type { SignIn } from '#shared/world/sign-in.ts'

export const USER_POOL_ID = 'eu-west-1_KaffiPool'
export const CLIENT_ID = '4kaffi0console0client'
export const ISSUER = `https://cognito-idp.eu-west-1.amazonaws.com/${USER_POOL_ID}`

const KEY_ID = 'the-pool-s-key'
const HOUR = 3_600

/** As Cognito writes an access token; what is undefined is left out. */
type Claims = Readonly<Record<string, unknown>>

export interface UserPool {
  readonly signIn: SignIn
  /** What the pool shows of its keys. */
  readonly jwks: { readonly keys: readonly Readonly<Record<string, unknown>>[] }
  /** How often the keys were asked for. */
  readonly asked: () => number
  accessToken(username: string, roles?: readonly string[], claims?: Claims): string
  /** What has the form of a token and proves nothing, by what is wrong with it. */
  readonly forgeries: Readonly<Record<string, string>>
}

/** A user pool whose keys stand here; tokens are checked as on AWS, but that the keys are read from here. */
export function aUserPool(): UserPool {
  const own = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  const jwks = {
    keys: [{ ...own.publicKey.export({ format: 'jwk' }), kid: KEY_ID, use: 'sig', alg: 'RS256' }],
  }
  let asked = 0
  const fetcher = {
    fetch: async (uri: string) => {
      if (uri !== `${ISSUER}/.well-known/jwks.json`) throw new Error(`The keys were asked for at ${uri}.`)
      asked += 1
      return new TextEncoder().encode(JSON.stringify(jwks)).buffer as ArrayBuffer
    },
  }
  const accessToken = (username: string, roles: readonly string[] = [], claims: Claims = {}): string =>
    signed(claimsOf(username, roles, claims), own.privateKey)
  return {
    jwks,
    asked: () => asked,
    signIn: cognitoSignIn({
      userPoolId: USER_POOL_ID,
      clientId: CLIENT_ID,
      keys: new SimpleJwksCache({ fetcher }),
    }),
    accessToken,
    forgeries: forgeriesOf(own, accessToken),
  }
}

function claimsOf(username: string, roles: readonly string[], claims: Claims): Claims {
  const now = Math.floor(Date.now() / 1_000)
  return {
    sub: 'a1b2c3d4-0000-4000-8000-000000000001',
    iss: ISSUER,
    client_id: CLIENT_ID,
    token_use: 'access',
    scope: 'openid',
    username,
    ...(roles.length > 0 && { 'cognito:groups': roles }),
    auth_time: now,
    iat: now,
    exp: now + HOUR,
    ...claims,
  }
}

/** Each as good as it can be but for one thing: these would be ops. */
function forgeriesOf(
  own: { readonly privateKey: KeyObject; readonly publicKey: KeyObject },
  accessToken: UserPool['accessToken'],
): Readonly<Record<string, string>> {
  const now = Math.floor(Date.now() / 1_000)
  const roles = ['marketer', 'agent', 'ops']
  const good = accessToken('mallory', roles)
  const [header = '', payload = '', signature = ''] = good.split('.')
  const claims = claimsOf('mallory', roles, {})
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  const publicPem = own.publicKey.export({ format: 'pem', type: 'spki' })
  const hs256 = [encoded({ alg: 'HS256', kid: KEY_ID }), payload].join('.')
  const with_ = (changed: Claims): string => accessToken('mallory', roles, changed)
  return {
    expired: with_({ exp: now - 1 }),
    'not valid yet': with_({ nbf: now + HOUR }),
    'without an end': with_({ exp: undefined }),
    'of another pool': with_({ iss: `${ISSUER.slice(0, -1)}X` }),
    'of another region': with_({ iss: ISSUER.replace('eu-west-1', 'us-east-1') }),
    'of no issuer': with_({ iss: undefined }),
    'for another client': with_({ client_id: 'another' }),
    'for no client': with_({ client_id: undefined, aud: CLIENT_ID }),
    'an ID token': with_({ token_use: 'id', aud: CLIENT_ID }),
    'of no use': with_({ token_use: undefined }),
    'unsigned, alg none': `${encoded({ alg: 'none', kid: KEY_ID })}.${payload}.`,
    'alg none with a signature': `${encoded({ alg: 'none', kid: KEY_ID })}.${payload}.${signature}`,
    'signed with the public key as a secret': `${hs256}.${createHmac('sha256', publicPem).update(hs256).digest('base64url')}`,
    'of another algorithm': signed(claims, own.privateKey, { alg: 'RS512' }),
    'signed with another key': signed(claims, foreign.privateKey),
    'of an unknown key': signed(claims, foreign.privateKey, { kid: 'another-key' }),
    'without a key id': signed(claims, own.privateKey, { kid: undefined }),
    'with its own key': signed(claims, foreign.privateKey, { jwk: foreign.publicKey.export({ format: 'jwk' }) }),
    changed: `${header}.${encoded({ ...claims, username: 'ops' })}.${signature}`,
    'without its signature': `${header}.${payload}.`,
    'cut off': good.slice(0, -20),
    'no JSON': `${header}.${Buffer.from('{').toString('base64url')}.${signature}`,
    'in two parts': `${header}.${payload}`,
  }
}

function signed(claims: Claims, key: KeyObject, header: Claims = {}): string {
  const text = [encoded({ alg: 'RS256', kid: KEY_ID, ...header }), encoded(claims)].join('.')
  return `${text}.${createSign('RSA-SHA256').update(text).sign(key, 'base64url')}`
}

function encoded(value: Claims): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
