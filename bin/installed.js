import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project's folder, wherever the command was called. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url))

const OLDEST_TO_BEGIN = 20
const OLDEST_TO_RUN = 24
const [MAJOR] = process.versions.node.split('.').map(Number)

const PACKAGES = join(ROOT, 'node_modules')
const LOCK = join(ROOT, 'package-lock.json')
const INSTALLED_LOCK = join(PACKAGES, '.package-lock.json')
const STAMP = join(PACKAGES, '.throughline-installed')

/** Where the package `node` leaves its Node; the one that runs this file does where that is for other machines. */
const NODES = [
  ...(process.platform === 'win32' ? ['node/bin/node.exe'] : ['.bin/node', 'node/bin/node']).map((place) =>
    join(PACKAGES, place),
  ),
  ...(MAJOR >= OLDEST_TO_RUN ? [process.execPath] : []),
]

/**
 * Installs the packages when they are absent or not those of package-lock.json; otherwise it costs a few milliseconds.
 * @returns {string} the path of the Node that runs Throughline.
 */
export function ensureInstalled() {
  if (MAJOR < OLDEST_TO_BEGIN)
    fail(
      `Throughline needs Node ${OLDEST_TO_BEGIN} or newer; this is ${process.version}. Get one from https://nodejs.org.`,
    )
  const packages = createHash('sha256').update(readFileSync(LOCK)).digest('hex')
  const wanted = `${packages} ${process.platform}-${process.arch}`
  const [installed, node] = existsSync(STAMP) ? readFileSync(STAMP, 'utf8').split('\n') : []
  if (installed === wanted && existsSync(resolve(ROOT, node))) return resolve(ROOT, node)
  if (!isInstalledByHand()) install()
  const working = NODES.find(works)
  if (working === undefined)
    fail(`The Node in node_modules does not run on this machine. Install Node ${OLDEST_TO_RUN} or newer and try again.`)
  writeFileSync(STAMP, `${wanted}\n${relative(ROOT, working)}`)
  return working
}

/** npm notes what it installed, but not the optional packages for other machines. */
function isInstalledByHand() {
  if (!existsSync(INSTALLED_LOCK)) return false
  const { '': _root, ...wanted } = packagesOf(LOCK)
  const installed = packagesOf(INSTALLED_LOCK)
  const isThere = ([path, { version, optional }]) => optional || installed[path]?.version === version
  return Object.entries(wanted).every(isThere) && NODES.some(works)
}

function packagesOf(lock) {
  return JSON.parse(readFileSync(lock, 'utf8')).packages
}

function works(node) {
  return spawnSync(node, ['--version'], { stdio: 'ignore' }).status === 0
}

function install() {
  console.error('Installing packages (once, about a minute) …')
  npm('ci', '--ignore-scripts', '--include=dev')
  // Of all packages only `node` has to run its script: it fetches the Node for this machine.
  npm('rebuild', 'node', '--ignore-scripts=false')
}

function npm(...args) {
  const own = process.env.npm_execpath ?? ''
  const [command, ...before] = own.endsWith('npm-cli.js') ? [process.execPath, own] : ['npm']
  const { status, error, stdout, stderr } = spawnSync(command, [...before, ...args], {
    cwd: ROOT,
    encoding: 'utf8',
    // On Windows npm is a script for the shell.
    shell: command === 'npm' && process.platform === 'win32',
  })
  if (status === 0) return
  const [lines] = `${stdout ?? ''}${stderr ?? ''}`.split('npm error Usage:')
  const reason =
    error === undefined
      ? `"npm ${args[0]}" failed; its last lines are above.`
      : `npm could not be run: ${error.message}.`
  fail([...lines.trimEnd().split('\n').slice(-20), reason].join('\n'))
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
