import { fileURLToPath } from 'node:url'
import { readBrandFiles } from '#local/brand-files.ts'
import { System } from '#local/system.ts'
import { describeProblem } from '#shared/documents/document.ts'
import { InvalidInput } from '#shared/errors/errors.ts'
import { readBrandFolder } from '#shared/journeys/folder/brand-folder.ts'
import { publishBrandFolder } from '#shared/journeys/versions/publish.ts'
import { DAY, HOUR } from '#shared/time/duration.ts'
import { instantAt, localTime } from '#shared/time/zones.ts'
import type { Log } from '#shared/world/world.ts'
import { makeDay } from './day.ts'
import { Gate } from './gate.ts'
import { play } from './play.ts'
import { Progress } from './progress.ts'
import { Audience } from './reactions.ts'
import { summarise } from './summary.ts'
import { takeTally } from './tally.ts'
import { threadOf } from './thread.ts'

export interface DemoOptions {
  /** The data folder; absent keeps everything in memory. */
  readonly folder?: string | undefined
  readonly log?: Log | undefined
  readonly seed: string
  readonly customers: number
  /** The day that is played is the one of this instant; until six in the morning still the one before. */
  readonly now: number
  /** Takes a line for each hour as it is played. */
  readonly print: (line: string) => void
}

export interface Played {
  readonly summary: string
  /** How many touchpoints there are now. */
  readonly recorded: number
  /** How long it took to play. */
  readonly seconds: number
}

const ZONE = 'Europe/Copenhagen'

/** Plays a day at Kaffi, and the two days that follow from it, through a whole system. */
export async function runDemo({ folder, log, seed, customers, now, print }: DemoOptions): Promise<Played> {
  const midnight = instantAt(localTime(now - 6 * HOUR, ZONE).date, '00:00', ZONE)
  const startsAt = midnight + 6 * HOUR
  const gate = new Gate()
  const system = new System({
    folder,
    log,
    publicUrl: 'http://127.0.0.1:4700',
    realNow: () => startsAt,
    wrapWorld: (world) => gate.wrap(world),
  })
  system.startStepped()
  await publishKaffi(system)
  const day = makeDay({ seed, customers, midnight })
  const audience = new Audience({ seed, midnight, people: day.people })
  const progress = new Progress(system, midnight, customers)
  const began = performance.now()
  for await (const hour of play({ system, day, audience, midnight, until: midnight + 3 * DAY })) {
    const line = await progress.lineAt(hour)
    if (line !== undefined) print(line)
  }
  const seconds = (performance.now() - began) / 1_000
  const tally = await takeTally(system)
  const thread = await threadOf(system, tally, { userId: 'ada', from: startsAt, zone: ZONE })
  await system.stop()
  const summary = `${summarise(gate.accepted, tally)}\n\nAda’s thread, over all channels\n${thread}`
  return { summary, recorded: tally.counters.touchpoints ?? 0, seconds }
}

async function publishKaffi({ world }: System): Promise<void> {
  const reading = await readBrandFolder(readBrandFiles(fileURLToPath(new URL('..', import.meta.url))))
  if (!reading.ok) {
    const problems = reading.problems.map(describeProblem).join('\n')
    throw new InvalidInput('brand.problems', `The brand folder has problems:\n${problems}`)
  }
  await publishBrandFolder(world, reading.folder)
}
