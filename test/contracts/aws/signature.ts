import { createHash, createHmac } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

export interface SignedRequest {
  readonly method: string
  /** As on the request line, with the query. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export interface Credentials {
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

/** How far the time of a signature may be from the service's own (ms). */
const MOST_SKEW = 5 * 60_000

/**
 * Who signed what, as docs.aws.amazon.com/IAM "Signature Version 4" tells a service to find out; written down from
 * there, without the code that signs.
 */
export interface Signature {
  /** The access key id. */
  readonly caller: string
  /** The service in the scope, by its signing name. */
  readonly service: string
  readonly problem?: string | undefined
}

/** Whose an access key id is; undefined when it is nobody's. */
export type CredentialsOf = (accessKeyId: string) => Credentials | undefined

export function readSignature(request: SignedRequest, credentialsOf: CredentialsOf, now: number): Signature {
  const parsed = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
    String(request.headers.authorization),
  )
  if (parsed === null) return { caller: '', service: '', problem: 'the request is not signed' }
  const [, credential = '', signedHeaders = '', signature = ''] = parsed
  const [caller = '', ...scope] = credential.split('/')
  const [date = '', , service = ''] = scope
  const credentials = credentialsOf(caller)
  if (credentials === undefined) return { caller, service, problem: 'nobody has that access key' }
  const problem =
    problemWith(request, { date, names: signedHeaders.split(';') }, credentials, now) ??
    (signatureOf(request, { scope, signedHeaders }, credentials) === signature
      ? undefined
      : 'the signature is another than that of this request')
  return { caller, service, problem }
}

/** What the signature says of itself. */
interface Claims {
  readonly date: string
  readonly names: readonly string[]
}

function problemWith(
  { headers, body }: SignedRequest,
  { date, names }: Claims,
  credentials: Credentials,
  now: number,
): string | undefined {
  const at = String(headers['x-amz-date'])
  const hash = headers['x-amz-content-sha256']
  const needed = ['host', 'x-amz-date', ...(credentials.sessionToken === undefined ? [] : ['x-amz-security-token'])]
  const unsigned = [...needed, ...Object.keys(headers).filter((name) => name.startsWith('x-amz-'))].filter(
    (name) => !names.includes(name),
  )
  if (unsigned.length > 0) return `not signed: ${unsigned.join(', ')}`
  if (headers['x-amz-security-token'] !== credentials.sessionToken) return 'the session token is another'
  if (!at.startsWith(date) || Math.abs(instantOf(at) - now) > MOST_SKEW) return 'it was signed at another time'
  if (hash !== undefined && hash !== sha256(body)) return 'the hash of the body is another'
  return undefined
}

function signatureOf(
  request: SignedRequest,
  { scope, signedHeaders }: { readonly scope: readonly string[]; readonly signedHeaders: string },
  { secretAccessKey }: Credentials,
): string {
  const text = [
    'AWS4-HMAC-SHA256',
    request.headers['x-amz-date'],
    scope.join('/'),
    sha256(canonicalRequest(request, signedHeaders)),
  ].join('\n')
  const key = scope.reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${secretAccessKey}`)
  return hmac(key, text).toString('hex')
}

function canonicalRequest({ method, path, headers, body }: SignedRequest, signedHeaders: string): string {
  const [resource = '', query = ''] = path.split('?')
  const lines = signedHeaders.split(';').map((name) => `${name}:${String(headers[name]).trim().replace(/ +/g, ' ')}\n`)
  const encoded = resource.split('/').map(encodeURIComponent).join('/')
  return [method, encoded, query.split('&').toSorted().join('&'), lines.join(''), signedHeaders, sha256(body)].join(
    '\n',
  )
}

/** `20261121T090000Z` as epoch ms. */
function instantOf(compact: string): number {
  return Date.parse(compact.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3:$4:$5'))
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
