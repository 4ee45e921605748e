import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { Misconfigured, Unavailable } from '#shared/errors/errors.ts'

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

interface Place {
  readonly port: number
  readonly data: string
}

/**
 * The client for the system that `--port` and `--data` name. Each request throws Refusal when the system says no,
 * Unavailable when nothing answers, Misconfigured when the token is not its token.
 * @throws Misconfigured when there is no token.
 */
export function connect(command: Command): Client {
  const place = command.optsWithGlobals<Place>()
  const headers = { authorization: `Bearer ${readToken(place.data)}`, 'content-type': 'application/json' }
  const request = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const response = await send(place, path, { ...init, headers })
    if (response.status === 401) throw wrongToken(place)
    return response
  }
  return {
    get: async (path, query = {}) => readJson(await request(`${path}${queryText(query)}`)),
    post: async (path, body = {}) => readJson(await request(path, { method: 'POST', body: JSON.stringify(body) })),
    stream: async (path, signal) => {
      const response = await request(path, { signal })
      return response.ok && response.body !== null ? response.body : readJson(response)
    },
  }
}

async function send({ port }: Place, path: string, init: RequestInit): Promise<Response> {
  const base = `http://127.0.0.1:${port}`
  try {
    return await fetch(`${base}${path}`, init)
  } catch (cause) {
    const remedy = 'Start it with "npm start", or name its port with --port.'
    throw new Unavailable('system.not-running', `No Throughline answers at ${base}. ${remedy}`, { cause })
  }
}

function readToken(data: string): string {
  const file = join(data, 'token')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  const remedy = 'Start the system with "npm start", or name its data folder with --data.'
  throw new Misconfigured('token.missing', `There is no token in ${data}. ${remedy}`)
}

function wrongToken({ port, data }: Place): Misconfigured {
  const remedy = 'Name the data folder of that system with --data.'
  return new Misconfigured('token.wrong', `The system on port ${port} does not take the token in ${data}. ${remedy}`)
}

/** An answer that is no problem is for the command to read, whatever its status. */
async function readJson<T>(response: Response): Promise<T> {
  const type = response.headers.get('content-type') ?? ''
  if (!/^application\/(problem\+)?json/.test(type))
    throw new Unavailable(
      'system.foreign',
      `What answers at ${response.url} is not Throughline. Name its port with --port.`,
    )
  const body: unknown = await response.json()
  if (type.startsWith('application/problem')) throw new Refusal(response.status, body as Record<string, unknown>) // RFC 9457: an object
  return body as T
}

function queryText(query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}
