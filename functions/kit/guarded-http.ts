import { lookup } from 'node:dns/promises'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { HTTP_LIMITS, type Http, type HttpAnswer, type HttpFailure, type HttpRequest } from '#shared/world/http.ts'
import { isLoopbackAddress, isPublicAddress } from './public-address.ts'

export interface Address {
  readonly address: string
  readonly family: 4 | 6
}

export interface GuardedHttpOptions {
  /** All addresses of a name. @throws when there are none. */
  readonly resolve?: (name: string) => Promise<readonly Address[]>
  /** For development: this machine itself may be called, on any port and without TLS. */
  readonly allowLoopback?: boolean
}

/** The ports on which a public server is expected to speak HTTPS. */
const PORTS = ['', '443', '8443']

/**
 * Calls what stands on the public internet and nothing else. Every address that a name has is looked at, and the
 * connection goes to those very addresses: a name that means something else a moment later leads nowhere new.
 */
export function guardedHttp({ resolve = resolveName, allowLoopback = false }: GuardedHttpOptions = {}): Http {
  return {
    request: async (request) => {
      const url = URL.canParse(request.url) ? new URL(request.url) : undefined
      const refusal = url === undefined ? 'bad-url' : refusalOf(url, allowLoopback)
      if (url === undefined || refusal !== undefined) return { outcome: 'refused', reason: refusal ?? 'bad-url' }
      const signal = AbortSignal.timeout(Math.min(request.timeout, HTTP_LIMITS.milliseconds))
      const addresses = await settled(resolveHost(url.hostname, resolve), signal)
      if (typeof addresses === 'string') return { outcome: 'failed', reason: addresses }
      if (!addresses.every(({ address }) => mayCall(address, url, allowLoopback)))
        return { outcome: 'refused', reason: 'private-address' }
      return send(request, url, addresses, signal)
    },
  }
}

/** What can be said of a URL before its name is looked up. */
function refusalOf(url: URL, allowLoopback: boolean) {
  if (url.protocol !== 'https:' && !(allowLoopback && url.protocol === 'http:')) return 'not-https'
  if (url.username !== '' || url.password !== '') return 'user-info'
  return PORTS.includes(url.port) || allowLoopback ? undefined : 'port'
}

/** With the option of development the machine itself may be called as it likes; for all others nothing changes. */
function mayCall(address: string, url: URL, allowLoopback: boolean): boolean {
  if (allowLoopback && isLoopbackAddress(address)) return true
  return isPublicAddress(address) && url.protocol === 'https:' && PORTS.includes(url.port)
}

/** The parser of URLs has already made four numbers of an IPv4 address however it was written. */
async function resolveHost(
  hostname: string,
  resolve: NonNullable<GuardedHttpOptions['resolve']>,
): Promise<readonly Address[]> {
  const bare = hostname.replace(/^\[|\]$/g, '')
  const family = isIP(bare)
  return family === 0 ? resolve(hostname) : [{ address: bare, family: family === 4 ? 4 : 6 }]
}

async function resolveName(name: string): Promise<readonly Address[]> {
  const found = await lookup(name, { all: true, order: 'verbatim' })
  return found.map(({ address, family }) => ({ address, family: family === 4 ? 4 : 6 }))
}

async function settled(
  looking: Promise<readonly Address[]>,
  signal: AbortSignal,
): Promise<readonly Address[] | HttpFailure> {
  const timedOut = new Promise<HttpFailure>((resolve) =>
    signal.addEventListener('abort', () => resolve('timeout'), { once: true }),
  )
  const found = looking.then(
    (addresses) => (addresses.length === 0 ? ('no-such-host' as const) : addresses),
    () => 'no-such-host' as const,
  )
  return Promise.race([found, timedOut])
}

/** Answers with the addresses that were checked, whatever the name means by now. */
function pinned(addresses: readonly Address[]): LookupFunction {
  return (_name, options, done) => {
    const [first] = addresses
    if (options.all === true) done(null, [...addresses])
    else done(null, first?.address ?? '', first?.family)
  }
}

function send(
  { method, headers, body }: HttpRequest,
  url: URL,
  addresses: readonly Address[],
  signal: AbortSignal,
): Promise<HttpAnswer> {
  return new Promise((resolve) => {
    const fail = (reason: HttpFailure): void => resolve({ outcome: 'failed', reason })
    const start = url.protocol === 'https:' ? httpsRequest : httpRequest
    const outgoing = start(url, {
      method,
      headers: {
        ...headers,
        'accept-encoding': 'identity',
        ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
      },
      lookup: pinned(addresses),
      agent: false,
      signal,
    })
    outgoing.on('error', () => fail(signal.aborted ? 'timeout' : 'connection'))
    outgoing.on('response', (incoming) => {
      void read(incoming).then(
        (answer) => {
          outgoing.destroy()
          resolve(answer)
        },
        () => fail(signal.aborted ? 'timeout' : 'connection'),
      )
    })
    outgoing.end(body)
  })
}

async function read(incoming: IncomingMessage): Promise<HttpAnswer> {
  if ((incoming.headers['content-encoding'] ?? 'identity') !== 'identity')
    return { outcome: 'failed', reason: 'unreadable' }
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > HTTP_LIMITS.answerBytes) return { outcome: 'failed', reason: 'too-large' }
    chunks.push(chunk)
  }
  return { outcome: 'answered', status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }
}
