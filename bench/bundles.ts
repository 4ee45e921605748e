import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { catalog } from '#functions/catalog.ts'
import { ENVIRONMENT, REGION } from '#test/aws/installation.ts'
import { BUNDLE, bundleFunctions } from '../infra/bundle.ts'
import { bundleSizeOf } from '../infra/bundle-sizes.ts'

/** `npm run sizes`: how large each function is, and what its cold start takes of a processor before the first event. */

/** The quickest of so many starts: the others met something else on this machine. */
const STARTS = 5

/** Loads a function as Lambda does, and says what that took (ms of a processor). */
const START = `
const taken = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000 }
const began = taken()
await import(process.argv[1])
console.log(taken() - began)
process.exit()
`

function coldStart(file: string): number {
  const starts = Array.from({ length: STARTS }, () =>
    Number(
      execFileSync(process.execPath, ['--input-type=module', '--eval', START, file], {
        env: { ...ENVIRONMENT, AWS_REGION: REGION },
      }),
    ),
  )
  return Math.min(...starts)
}

const bundle = await bundleFunctions()
console.log('function              handler KB   with its world KB   start, ms of a processor')
for (const manifest of catalog) {
  const { name, handler, whole } = bundleSizeOf(bundle, manifest)
  const columns = [handler / 1024, whole / 1024, coldStart(join(BUNDLE, name, 'handler.mjs'))].map(Math.round)
  console.log(name.padEnd(20) + columns.map((column, at) => String(column).padStart([12, 20, 27][at] ?? 0)).join(''))
}
