import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Misconfigured } from '#shared/errors/errors.ts'

/** Where a system answers, and what lets us in. */
export interface Place {
  /** Without a slash at the end. */
  readonly url: string
  readonly token: string
  /** What to do when nothing answers there, when something else does, and when it does not take the token. */
  readonly remedies: { readonly silent: string; readonly foreign: string; readonly locked: string }
}

export interface LocalOptions {
  readonly port: number
  readonly data: string
}

/** @throws Misconfigured when there is no token. */
export function localPlace({ port, data }: LocalOptions): Place {
  return {
    url: `http://127.0.0.1:${port}`,
    token: readToken(data),
    remedies: {
      silent: 'Start it with "npm start", or name its port with --port.',
      foreign: 'Name its port with --port.',
      locked: `It does not take the token in ${data}; name the data folder of that system with --data.`,
    },
  }
}

function readToken(data: string): string {
  const file = join(data, 'token')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  const remedy = 'Start the system with "npm start", name its data folder with --data, or a deployed one with --at.'
  throw new Misconfigured('token.missing', `There is no token in ${data}. ${remedy}`)
}
