// Run after changing dependencies where the registry holds only some platforms' packages: `npm ci` refuses a lock that
// lacks an optional package for any other platform, and npm leaves out of the lock what it cannot find.
import { readFileSync, writeFileSync } from 'node:fs'

const FILE = new URL('../package-lock.json', import.meta.url)
const lock = JSON.parse(readFileSync(FILE, 'utf8'))

for (const parent of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
    const place = `node_modules/${name}`
    if (lock.packages[place] !== undefined || !name.startsWith('@')) continue
    lock.packages[place] = {
      version,
      ...platformOf(name),
      dev: true,
      license: parent.license,
      optional: true,
      engines: parent.engines,
    }
    console.log(`added ${name} ${version}`)
  }
}

lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`)

/** `@biomejs/cli-linux-x64-musl` names its platform. */
function platformOf(name) {
  const [os, cpu, abi = ''] = name
    .split('/')[1]
    .replace(/^(cli|binding)-/, '')
    .split('-')
  const libc = os === 'linux' ? { libc: [abi.includes('musl') ? 'musl' : 'glibc'] } : {}
  return { os: [os], cpu: [cpu], ...libc }
}
