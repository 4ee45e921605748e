import type { Command } from 'commander'
import { InvalidInput, Misconfigured, Unavailable } from '#shared/errors/errors.ts'
import { type LocalOptions, localPlace, type Place } from './place.ts'

/** The system's own "no" (RFC 9457), in its own words. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    super(typeof body.detail === 'string' ? body.detail : `The system answered ${status}.`)
    this.status = status
    this.body = body
  }
}

type Query = Readonly<Record<string, string | undefined>>

/** The running system, over HTTP. Answers are of the types that its routes say; the command is of the same version. */
export interface Client {
  get<T>(path: string, query?: Query): Promise<T>
  post<T>(path: string, body?: unknown): Promise<T>
  stream(path: string, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>
}

/** The client for the system that `--at` names, or `--port` and `--data`. */
export function connect(command: Command): Client {
  const { at, ...local } = command.optsWithGlobals<LocalOptions & { readonly at?: string }>()
  return at === undefined ? clientOf(async () => localPlace(local)) : connectTo(at)
}

/** The client for a deployed system. Finding it out of AWS waits for the first request. */
export function connectTo(installation: string): Client {
  return clientOf(async (path) => {
    if (path.startsWith('/local/'))
      throw new InvalidInput('system.only-local', 'Only a system on one machine has this; leave out --at.')
    const { deployedPlace } = await import('./aws/deployed-place.ts')
    return deployedPlace(installation)
  })
}

export function connectAt(place: Place): Client {
  return clientOf(async () => place)
}

/**
 * Each request throws Refusal when the system says no, Unavailable when nothing answers, Misconfigured when the token
 * is not its token, and whatever keeps from finding it.
 */
function clientOf(find: (path: string) => Promise<Place>): Client {
  let finding: Promise<Place> | undefined
  const request = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    finding ??= find(path)
    const place = await finding
    return { place, response: await send(place, path, init) }
  }
  return {
    get: async (path, query = {}) => readJson(await request(`${path}${queryText(query)}`)),
    post: async (path, body = {}) => readJson(await request(path, { method: 'POST', body: JSON.stringify(body) })),
    stream: async (path, signal) => {
      const answer = await request(path, { signal })
      const { body, ok } = answer.response
      return ok && body !== null ? body : readJson(answer)
    },
  }
}

interface Answer {
  readonly place: Place
  readonly response: Response
}

async function send({ url, token, remedies }: Place, path: string, init: RequestInit): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const response = await fetch(`${url}${path}`, { ...init, headers }).catch((cause) => {
    throw new Unavailable('system.not-running', `No Throughline answers at ${url}. ${remedies.silent}`, { cause })
  })
  if (response.status !== 401) return response
  throw new Misconfigured('token.wrong', `The system at ${url} does not let us in. ${remedies.locked}`)
}

/** An answer that is no problem is for the command to read, whatever its status. */
async function readJson<T>({ place, response }: Answer): Promise<T> {
  const type = response.headers.get('content-type') ?? ''
  if (!/^application\/(problem\+)?json/.test(type)) throw foreign(place, response)
  const body: unknown = await response.json()
  if (type.startsWith('application/problem')) throw new Refusal(response.status, body as Record<string, unknown>) // RFC 9457: an object
  if (!response.ok) refuseGateway(place, response, body)
  return body as T
}

function foreign({ remedies }: Place, { url }: Response): Unavailable {
  return new Unavailable('system.foreign', `What answers at ${url} is not Throughline. ${remedies.foreign}`)
}

/** What stands before a deployed system answers in its stead with nothing but a message. */
function refuseGateway(place: Place, response: Response, body: unknown): void {
  const { message, ...rest } = body as { readonly message?: unknown } // JSON of either is an object
  if (typeof message !== 'string' || Object.keys(rest).length > 0) return
  const { status } = response
  if (status === 404 || status === 403) throw foreign(place, response)
  const text = `API Gateway answered ${status} (${message}).`
  if (status !== 503 && status !== 504) throw new Unavailable('system.gateway', `${text} Try again later.`)
  const remedy = 'It may have been done all the same: look, and say it again; nothing is done twice.'
  throw new Unavailable('system.too-slow', `${text} The request took longer than one may. ${remedy}`)
}

function queryText(query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}
