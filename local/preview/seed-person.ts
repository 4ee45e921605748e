import { InvalidInput } from '#shared/errors/errors.ts'
import { identifierItem, identifierKey } from '#shared/profiles/identifier-rows.ts'
import type { Profile } from '#shared/profiles/profile.ts'
import { loadProfile, putProfile } from '#shared/profiles/store.ts'
import { recordTouchpoints } from '#shared/recording/record-touchpoints.ts'
import { parseTouchpoint } from '#shared/touchpoints/parse.ts'
import type { Touchpoint } from '#shared/touchpoints/touchpoint.ts'
import { type Item, TABLE_LIMITS } from '#shared/world/table.ts'
import type { World } from '#shared/world/world.ts'
import type { CustomerCopy, Person } from './person.ts'

/** Whoever the preview is for, as she stands in its own store. */
export interface Seeded {
  readonly customer: string
  /** What the preview leaves out or takes for granted, in sentences. */
  readonly notes: readonly string[]
}

/** The journey that is previewed, as the preview's world has published it. */
interface Previewed {
  readonly journey: string
  readonly version: number
}

/** Puts a person into a preview's world, where nothing of hers is under way. */
export function seedPerson(world: World, person: Person, previewed: Previewed): Promise<Seeded> {
  return 'rows' in person ? seedCopy(world, person, previewed) : seedEvents(world, person.events)
}

/** What she has done so far starts nothing any more. */
async function seedEvents(world: World, events: readonly unknown[]): Promise<Seeded> {
  const touchpoints = events.map((event, index) => readEvent(event, index, world.clock.now()))
  const recorded = await recordTouchpoints(world, touchpoints)
  const last = recorded.at(-1)
  if (last === undefined || !('customer' in last))
    throw new InvalidInput('preview.no-person', 'The person’s file has no event; write one that says who she is.')
  return { customer: last.customer, notes: [] }
}

function readEvent(event: unknown, index: number, receivedAt: number): Touchpoint {
  const parsed = parseTouchpoint(event, { receivedAt, fallbackId: () => `before-${index}`, source: 'preview' })
  if (parsed.ok) return { ...parsed.touchpoint, mode: 'history' }
  throw new InvalidInput('preview.bad-person', `Event ${index + 1} of the person cannot be read. ${parsed.reason}`)
}

async function seedCopy(world: World, copy: CustomerCopy, previewed: Previewed): Promise<Seeded> {
  const { table, clock, secrets } = world
  const rows = copy.rows.filter((row) => instantOf(row) <= clock.now())
  const hashKey = await secrets.linkKey()
  const identifiers = copy.identifiers.map((one) => identifierItem(identifierKey(hashKey, one), copy.customer))
  await putRows(world, [...rows.map(atRest), ...identifiers])
  const profile = await loadProfile({ table }, copy.customer)
  if (profile === undefined)
    throw new InvalidInput('preview.no-profile', 'The copy has no profile; export the customer again.')
  await table.write([putProfile(withoutRuns(profile, previewed))])
  return { customer: profile.id, notes: notesOf(profile, previewed.journey, copy.rows.length - rows.length) }
}

/** Where a row says when it came about; the others say how things are, not since when. */
function instantOf({ sk, enteredAt, decidedAt }: Item): number {
  if (sk.startsWith('T#')) return Date.parse(sk.split('#')[1] ?? '')
  return Number(sk.startsWith('E#') ? enteredAt : sk.startsWith('D#') ? decidedAt : 0)
}

/** Nothing of her runs falls due. */
function atRest(row: Item): Item {
  if (!/^[ED]#/.test(row.sk)) return row
  const { ipk: _, isk: __, ...rest } = row
  return rest as Item
}

/** Runs of other journeys would need their documents; one of this journey goes by the version of the preview. */
function withoutRuns(profile: Profile, { journey, version }: Previewed): Profile {
  const own = Object.entries(profile.runs).filter(([, run]) => run.journey === journey)
  const resting = own.map(([id, { wait: _, ...run }]) => [id, { ...run, version }] as const)
  // Segments may be others here, so her memberships are looked at afresh.
  const { reviewed: _, ...rest } = profile
  return { ...rest, runs: Object.fromEntries(resting), goals: [] }
}

function notesOf({ runs }: Profile, journey: string, late: number): readonly string[] {
  const others = new Set(Object.values(runs).map((run) => run.journey))
  others.delete(journey)
  return [
    ...(others.size > 0
      ? [`Her other runs stand still (${[...others].join(', ')}); what they sent still counts.`]
      : []),
    ...(late > 0
      ? ['What she has done since is left out, but her traits, consent and addresses are those of today.']
      : []),
  ]
}

async function putRows({ table }: World, rows: readonly Item[]): Promise<void> {
  for (let at = 0; at < rows.length; at += TABLE_LIMITS.writeOperations)
    await table.write(rows.slice(at, at + TABLE_LIMITS.writeOperations).map((put) => ({ put })))
}
