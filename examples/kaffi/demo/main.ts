import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readBrandFiles } from '#local/brand-files.ts'
import { System } from '#local/system.ts'
import { describeProblem } from '#shared/documents/document.ts'
import { InvalidInput, messageOf } from '#shared/errors/errors.ts'
import { readBrandFolder } from '#shared/journeys/brand-folder.ts'
import { publishBrandFolder } from '#shared/journeys/publish.ts'
import { DAY, HOUR } from '#shared/time/duration.ts'
import { instantAt, localTime } from '#shared/time/zones.ts'
import { count } from './columns.ts'
import { makeDay } from './day.ts'
import { Gate } from './gate.ts'
import { play } from './play.ts'
import { Progress } from './progress.ts'
import { Audience } from './reactions.ts'
import { summarise } from './summary.ts'
import { takeTally } from './tally.ts'
import { threadOf } from './thread.ts'

const HELP = `npm run demo -- [options]

  --seed N        another day (default 1)
  --customers N   how many people there are (default 400)
  --keep          keep the data folder, to look at it with npm start
  --help          this text`

const ZONE = 'Europe/Copenhagen'

/** Plays a day at Kaffi and the two days that follow from it, through the whole system, on disk. */
async function main(): Promise<void> {
  const options = readOptions()
  if (options.help) {
    console.log(HELP)
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'kaffi-'))
  try {
    await demonstrate(folder, options)
  } finally {
    if (!options.keep) rmSync(folder, { recursive: true })
  }
  if (options.keep) console.log(`\nLook round in it:  npm start -- --data ${folder}`)
}

type Options = ReturnType<typeof readOptions>

async function demonstrate(folder: string, { seed, customers }: Options): Promise<void> {
  const midnight = instantAt(localTime(Date.now() - 6 * HOUR, ZONE).date, '00:00', ZONE)
  const day = makeDay({ seed, customers, midnight })
  const startsAt = midnight + 6 * HOUR
  const gate = new Gate()
  const system = new System({ folder, publicUrl: 'http://127.0.0.1:4700', realNow: () => startsAt, wrapWorld: (world) => gate.wrap(world) })
  system.startStepped()
  await publishKaffi(system)
  console.log(`A day at Kaffi: ${count(customers)} people, seed ${seed}. Touchpoints in, messages out:\n`)
  const progress = new Progress(system, midnight, customers)
  const audience = new Audience({ seed, midnight, people: day.people })
  const began = performance.now()
  for await (const hour of play({ system, day, audience, midnight, until: midnight + 3 * DAY })) await progress.show(hour)
  const seconds = (performance.now() - began) / 1_000
  const tally = await takeTally(system)
  console.log(`\n${summarise(gate.accepted, tally)}`)
  console.log(`\nAda’s thread\n${await threadOf(system, tally, 'ada', startsAt)}`)
  const recorded = tally.counters.touchpoints ?? 0
  const speed = `${count(Math.round(recorded / seconds))} touchpoints a second`
  console.log(`\nThree days in ${seconds.toFixed(1)} s: ${speed}, with all that follows from them, each on disk before it counts.`)
  await system.stop()
}

async function publishKaffi({ world }: System): Promise<void> {
  const reading = await readBrandFolder(readBrandFiles(fileURLToPath(new URL('..', import.meta.url))))
  if (!reading.ok) throw new InvalidInput('brand.problems', `The brand folder has problems:\n${reading.problems.map(describeProblem).join('\n')}`)
  await publishBrandFolder(world, reading.folder)
}

function readOptions() {
  const { values } = parseArgs({
    options: { seed: { type: 'string', default: '1' }, customers: { type: 'string', default: '400' }, keep: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  })
  const customers = Number(values.customers)
  if (!Number.isInteger(customers) || customers < 1) throw new InvalidInput('demo.bad-customers', `"${values.customers}" is no number of people; try --customers 400.`)
  return { ...values, customers }
}

main().catch((error: unknown) => {
  console.error(messageOf(error))
  process.exitCode = 1
})
