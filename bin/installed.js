import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder, wherever the command was called. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url))

const OLDEST_NODE = 20
const LOCK = join(ROOT, 'package-lock.json')
const INSTALLED_LOCK = join(ROOT, 'node_modules', '.package-lock.json')
const STAMP = join(ROOT, 'node_modules', '.throughline-installed')

/** Where the package `node` leaves the Node that runs Throughline, on Windows and elsewhere. */
const PLACES = process.platform === 'win32' ? ['node/bin/node.exe'] : ['.bin/node', 'node/bin/node']
const NODES = PLACES.map((place) => join(ROOT, 'node_modules', place))

/**
 * Installs the packages when they are absent or not those of package-lock.json; otherwise it costs a few milliseconds.
 * @returns the path of the Node that runs Throughline.
 */
export function ensureInstalled() {
  const [major] = process.versions.node.split('.')
  if (Number(major) < OLDEST_NODE) fail(`Throughline needs Node ${OLDEST_NODE} or newer to start; this is ${process.version}. See https://nodejs.org.`)
  const hash = createHash('sha256').update(readFileSync(LOCK)).digest('hex')
  const node = installedNode()
  if (node !== undefined && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash) return node
  if (!installedByHand()) install()
  const working = NODES.find(runs)
  if (working === undefined) fail('The Node that came with the packages does not run here. Delete node_modules and try again.')
  writeFileSync(STAMP, hash)
  return working
}

function installedNode() {
  return NODES.find((node) => existsSync(node))
}

/** npm writes its own lock file last, so a newer one says that somebody ran `npm ci` after the packages changed. */
function installedByHand() {
  return existsSync(INSTALLED_LOCK) && statSync(INSTALLED_LOCK).mtimeMs >= statSync(LOCK).mtimeMs && NODES.some(runs)
}

function runs(node) {
  return spawnSync(node, ['--version'], { stdio: 'ignore' }).status === 0
}

function install() {
  console.error('Installing packages (once, about a minute) …')
  npm('ci', '--ignore-scripts', '--no-audit', '--no-fund')
  // Of all packages only `node` has to run its script: it fetches the Node for this machine.
  npm('rebuild', 'node', '--ignore-scripts=false')
}

function npm(...args) {
  const { npm_execpath: own = '' } = process.env
  const isNpm = /np[mx]-cli\.js$/.test(own)
  const command = isNpm ? [process.execPath, [own.replace(/npx-cli\.js$/, 'npm-cli.js'), ...args]] : ['npm', args]
  const { status, error, stdout, stderr } = spawnSync(...command, { cwd: ROOT, encoding: 'utf8', shell: !isNpm && process.platform === 'win32' })
  if (status === 0) return
  const lines = `${stdout ?? ''}${stderr ?? ''}`.trimEnd().split('\n').slice(-20)
  fail([...lines, error === undefined ? `npm ${args[0]} failed; its last lines are above.` : `npm could not be run: ${error.message}.`].join('\n'))
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
