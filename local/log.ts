import { appendFileSync } from 'node:fs'
import type { Log } from '#shared/world/world.ts'

/** Lines of JSON in a file; what an operator must see at once goes to the terminal too. */
export function fileLog(path: string, now: () => number): Log {
  const write = (level: string, message: string, details: Readonly<Record<string, unknown>> = {}): void => {
    const line = JSON.stringify({ at: new Date(now()).toISOString(), level, message, ...details })
    appendFileSync(path, `${line}\n`)
    if (level === 'error') process.stderr.write(`${line}\n`)
  }
  return {
    info: (message, details) => write('info', message, details),
    warn: (message, details) => write('warn', message, details),
    error: (message, details) => write('error', message, details),
  }
}
