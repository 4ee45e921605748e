import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { ensureInstalled, ROOT } from './installed.js'

/** Less room for young objects than usual: a server that is at rest most of the time need not keep it. */
const NODE_FLAGS = JSON.parse(readFileSync(new URL('node-flags.json', import.meta.url), 'utf8'))

/** Where Node keeps what it made of our files, so that the next start need not make it again. */
const COMPILED = join(ROOT, 'node_modules/.cache/node')

/**
 * Runs a file of the project with the Node of its packages and everything inherited.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ after?: () => void }} options `after` is called when it has ended, before its exit code becomes ours.
 */
export function run(file, args, { after = () => {} } = {}) {
  const child = spawn(ensureInstalled(), [...NODE_FLAGS, join(ROOT, file), ...args], {
    stdio: 'inherit',
    env: { NODE_COMPILE_CACHE: COMPILED, ...process.env },
  })
  // A terminal tells the whole group of an interrupt, the child included; a second one would read as impatience.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  if (process.env.npm_lifecycle_event !== undefined) whenOrphaned(() => child.kill('SIGTERM'))
  child.on('exit', (code, signal) => {
    after()
    process.exit(code ?? 128 + constants.signals[signal])
  })
}

/** npm passes a signal on to its shell only, and the shell ends without telling anybody. */
function whenOrphaned(end) {
  const parent = process.ppid
  setInterval(() => process.ppid === parent || end(), 500)
}
