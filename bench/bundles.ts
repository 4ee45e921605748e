import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { catalog } from '#functions/catalog.ts'
import { BUNDLE, bundleFunctions } from '../infra/bundle.ts'
import { bundleSizeOf } from '../infra/bundle-sizes.ts'

/** `npm run sizes`: how large each function is, and what its cold start takes of a processor before the first event. */

/** The quickest of so many starts: the others met something else on this machine. */
const STARTS = 5

const ENVIRONMENT = {
  AWS_REGION: 'eu-west-1',
  INSTALLATION: 'kaffi',
  TABLE_NAME: 'table',
  BUS_NAME: 'bus',
  MACHINE_ARN_PREFIX: 'machine',
  MACHINE_ROLE_ARN: 'role',
  MACHINE_LOG_GROUP_ARN: 'log',
  FUNCTION_NAME_PREFIX: 'kaffi-',
  LINK_KEY_ARN: 'key',
  WEBHOOK_KEY_ARN: 'key',
  API_TOKEN_ARN: 'token',
  EMAIL_CONFIGURATION_SET: 'set',
  SMS: 'yes',
  PUBLIC_URL: 'https://links.kaffi.example',
}

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
    Number(execFileSync(process.execPath, ['--input-type=module', '--eval', START, file], { env: ENVIRONMENT })),
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
