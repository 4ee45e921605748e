import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { InvalidInput, messageOf } from '#shared/errors/errors.ts'
import { count } from './columns.ts'
import { runDemo } from './run-demo.ts'

const HELP = `npm run demo -- [options]

  --seed N        another day (default 1)
  --customers N   how many people there are (default 400)
  --keep          keep the data folder, to look round in it with npm start
  --help          this text`

async function main(): Promise<void> {
  const { help, keep, seed, customers } = readOptions()
  if (help) return console.log(HELP)
  const folder = mkdtempSync(join(tmpdir(), 'kaffi-'))
  try {
    console.log(`A day at Kaffi: ${count(customers)} people, seed ${seed}. Touchpoints in, messages out:\n`)
    const played = await runDemo({ folder, seed, customers, now: Date.now(), print: console.log })
    const speed = `${count(Math.round(played.recorded / played.seconds))} touchpoints a second`
    console.log(`\n${played.summary}`)
    console.log(
      `\nThree days in ${played.seconds.toFixed(1)} s: ${speed} with all that follows from them, each on disk before it counts.`,
    )
    if (keep) console.log(`\nLook round in it:  npm start -- --data ${folder}`)
  } finally {
    if (!keep) rmSync(folder, { recursive: true })
  }
}

function readOptions() {
  const { values } = parse()
  const customers = Number(values.customers)
  if (Number.isInteger(customers) && customers > 0) return { ...values, customers }
  throw new InvalidInput('demo.bad-customers', `"${values.customers}" is no number of people; try --customers 400.`)
}

function parse() {
  try {
    return parseArgs({
      options: {
        seed: { type: 'string', default: '1' },
        customers: { type: 'string', default: '400' },
        keep: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
  } catch (cause) {
    throw new InvalidInput(
      'demo.unknown-option',
      `${messageOf(cause).split('.')[0]}. "npm run demo -- --help" lists the options.`,
      { cause },
    )
  }
}

main().catch((error: unknown) => {
  console.error(messageOf(error))
  process.exitCode = 1
})
