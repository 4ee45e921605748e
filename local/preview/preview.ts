import { Impossible } from '#shared/errors/errors.ts'
import type { BrandFolder } from '#shared/journeys/folder/brand-folder.ts'
import type { Journey } from '#shared/journeys/journey.ts'
import { publishBrandFolder } from '#shared/journeys/versions/publish.ts'
import type { Profile } from '#shared/profiles/profile.ts'
import { loadProfile } from '#shared/profiles/store.ts'
import { recordTouchpoints } from '#shared/recording/record-touchpoints.ts'
import { DAY } from '#shared/time/duration.ts'
import type { Touchpoint } from '#shared/touchpoints/touchpoint.ts'
import type { Json, Table } from '#shared/world/table.ts'
import type { System } from '../system.ts'
import { Answering } from './answering.ts'
import type { Answer } from './answers.ts'
import type { Choices } from './choices.ts'
import { unknownJourney } from './draft-files.ts'
import { type EntryChoice, entryTouchpoint, lastEntry } from './entry.ts'
import { forgetRun } from './forget-run.ts'
import type { Person } from './person.ts'
import { openWorld } from './preview-world.ts'
import { seedPerson } from './seed-person.ts'
import { type Preview, tellPreview } from './tell-preview.ts'
import { Watch } from './watch.ts'

export interface PreviewRequest {
  /** What the journey needs of a brand, compiled; several previews share it. */
  readonly folder: BrandFolder
  readonly journey: string
  readonly person: Person
  /** When she enters (epoch ms). */
  readonly at: number
  readonly entry?: EntryChoice | undefined
  /** What she does; nothing, unless told otherwise. */
  readonly answers?: readonly Answer[] | undefined
  /** What webhooks answer, by the name that the answer is saved as; an empty object, unless told otherwise. */
  readonly saved?: Readonly<Record<string, Json>> | undefined
  /** What decides which way she goes, instead of what is true of her. */
  readonly choices?: Choices | undefined
}

/** However long a journey lasts, its preview ends. */
const LONGEST = 400 * DAY
const MOST_WAKE_UPS = 5_000

/**
 * Runs a journey for one person in a world of its own, in memory, whose time jumps from one wake-up to the next. It is
 * the embedded system itself; only that nothing leaves it.
 */
export async function preview(request: PreviewRequest): Promise<Preview> {
  const folder = isSomebody(request) ? request.folder : withoutHoldouts(request.folder)
  const journey = folder.journeys[request.journey]
  if (journey === undefined) throw unknownJourney(request.journey, Object.keys(folder.journeys))
  const watch = new Watch(() => system.clock.now())
  const system = openWorld({ at: request.at, watch, saved: request.saved ?? {}, choices: request.choices })
  system.startStepped()
  try {
    return await run(system, watch, { ...request, folder, journey })
  } finally {
    await system.stop()
  }
}

/** Whether it is about a customer as she is. */
function isSomebody({ person, choices }: PreviewRequest): boolean {
  return 'rows' in person && choices === undefined
}

/** Whoever is made up belongs to no control group. */
function withoutHoldouts({ brand, journeys, ...folder }: BrandFolder): BrandFolder {
  const open = Object.entries(journeys).map(([name, { holdout: _, ...journey }]) => [name, journey])
  return { ...folder, brand: { ...brand, holdout: 0 }, journeys: Object.fromEntries(open) }
}

/** With the journey itself. */
type Running = Omit<PreviewRequest, 'journey'> & { readonly journey: Journey }

async function run(system: System, watch: Watch, request: Running): Promise<Preview> {
  const { world } = system
  const { folder, journey, person } = request
  await publishBrandFolder(world, folder)
  const { customer, notes } = await seedPerson(world, person, { journey: journey.journey, version: 1 })
  const { touchpoint, more } = await chooseEntry(world.table, customer, request)
  watch.begin()
  const about = keyProperties(journey, touchpoint)
  const answering = new Answering(system, request.answers ?? [], { customer, about })
  await recordTouchpoints(world, [touchpoint])
  const isWhole = await walk(system, watch, answering)
  answering.stop()
  return tellPreview(system, { ...request, customer, touchpoint, log: watch.log, notes: [...notes, ...more], isWhole })
}

interface ChosenEntry {
  readonly touchpoint: Touchpoint
  readonly more: readonly string[]
}

async function chooseEntry(table: Table, customer: string, { journey, at, entry = {} }: Running): Promise<ChosenEntry> {
  const profile = await loadProfile({ table }, customer)
  if (profile === undefined) throw new Impossible('preview.nobody', 'The person of a preview is not in its store.')
  const last = await lastEntry(table, profile, journey)
  const isAgain = last !== undefined && (await forgetRun(table, profile, journey.journey, last.id))
  const touchpoint = entryTouchpoint({ journey, customer, at, last, choice: entry })
  return {
    touchpoint,
    more: remarks(journey, profile, { isAgain, isBlank: last === undefined && entry.properties === undefined }),
  }
}

/** What is taken for granted about the entry, in sentences. */
function remarks(
  { enter: { on } }: Journey,
  { segments }: Profile,
  { isAgain, isBlank }: { readonly isAgain: boolean; readonly isBlank: boolean },
): readonly string[] {
  if (isAgain) return ['What her last entry led to is left out, as if it had not been.']
  if (on.kind === 'touchpoint')
    return isBlank
      ? [
          `There is no ${on.type} of hers, so this one is made up and holds nothing but the key; say what it holds with --property.`,
        ]
      : []
  const isStranger = 'segment' in on && on.kind !== 'leaves' && segments[on.segment] === undefined
  return isStranger ? [`She is not in segment ${on.segment} now; the preview takes her for somebody who is.`] : []
}

/** What she does later is about the same order, say, unless told otherwise. */
function keyProperties({ enter: { key } }: Journey, { properties }: Touchpoint): Readonly<Record<string, Json>> {
  const [name = '', ...deeper] = key ?? []
  const value = deeper.length > 0 ? undefined : properties[name]
  return value === undefined ? {} : { [name]: value }
}

/** From one wake-up to the next, until nothing is left to happen. @returns false when it was cut short. */
async function walk({ clock }: System, watch: Watch, answering: Answering): Promise<boolean> {
  const end = clock.now() + LONGEST
  for (let wakeUps = 0; wakeUps < MOST_WAKE_UPS; wakeUps++) {
    await clock.advance(0)
    const acts = answering.nextAt()
    if (acts === undefined && watch.isQuiet) return true
    const next = Math.min(clock.nextWakeAt() ?? Number.POSITIVE_INFINITY, acts ?? Number.POSITIVE_INFINITY)
    if (next > end) return next === Number.POSITIVE_INFINITY
    await clock.advance(Math.max(0, next - clock.now()))
    await answering.give()
  }
  return false
}
