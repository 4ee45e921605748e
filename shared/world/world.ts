import type { KeyObject } from 'node:crypto'
import type { Bus } from './bus.ts'
import type { Http } from './http.ts'
import type { Machines } from './machines.ts'
import type { Provider } from './provider.ts'
import type { SignIn } from './sign-in.ts'
import type { Table } from './table.ts'

/** Epoch milliseconds, UTC. The only source of the time for everything in `shared/`. */
export interface Clock {
  now(): number
}

export interface Ids {
  /** A new sortable id, unique across processes. */
  next(): string
}

/** Structured, ids only: never an address or content. */
export interface Log {
  info(message: string, details?: Readonly<Record<string, unknown>>): void
  warn(message: string, details?: Readonly<Record<string, unknown>>): void
  error(message: string, details?: Readonly<Record<string, unknown>>): void
}

/** Secrets of this installation; `sign` keys never leave it. */
export interface Secrets {
  /** HMAC-SHA-256 key for links that are sent out, and for the keyed hash of identifiers. */
  linkKey(): Promise<KeyObject>
  /** HMAC-SHA-256 key that webhooks are signed with; who receives them has it too. */
  webhookKey(): Promise<KeyObject>
  /** What callers of the HTTP API prove themselves with. */
  apiToken(): Promise<string>
}

/**
 * Everything outside the process, behind narrow doors; implemented in `functions/aws` and in `local`.
 * A use case asks for what it uses, `Pick<World, 'table' | 'clock'>`: its signature is its permission list.
 */
export interface World {
  readonly table: Table
  readonly bus: Bus
  readonly machines: Machines
  readonly providers: Providers
  readonly http: Http
  readonly clock: Clock
  readonly ids: Ids
  readonly secrets: Secrets
  /** Absent where nobody signs in. */
  readonly signIn?: SignIn
  readonly log: Log
  readonly settings: Settings
}

/** One provider per channel name, as configured for this installation. */
export type Providers = Readonly<Record<string, Provider>>

export interface Settings {
  /** Where links in messages point: origin without a trailing slash. */
  readonly publicUrl: string
}
