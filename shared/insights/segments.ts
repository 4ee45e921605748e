import { describeProblem } from '../documents/document.ts'
import { livePublished, type Published } from '../documents/published.ts'
import { InvalidInput } from '../errors/errors.ts'
import { type JobProgress, jobProgress } from '../jobs/job.ts'
import { readFacts } from '../journeys/runs/read-facts.ts'
import { customerPage, SEGMENT_SHARDS, segmentPage } from '../profiles/customer-index.ts'
import type { Profile } from '../profiles/profile.ts'
import { loadProfile } from '../profiles/store.ts'
import { checkSegments } from '../segments/check-segments.ts'
import type { Condition } from '../segments/condition.ts'
import { describe } from '../segments/describe.ts'
import { evaluate } from '../segments/evaluate.ts'
import { type Explanation, explain } from '../segments/explain.ts'
import { type LiveSegment, liveSegments, type SegmentContent } from '../segments/live-segments.ts'
import { SEGMENT_BACKFILL } from '../segments/publish-segments.ts'
import { readSegment } from '../segments/segment.ts'
import type { World } from '../world/world.ts'

type ReadWorld = Pick<World, 'table' | 'clock'>

export interface SegmentLine {
  readonly name: string
  readonly version: number
  readonly description?: string | undefined
  /** Its condition in one line. */
  readonly when: string
}

/** The segments that are live, by name. */
export async function listSegments(world: ReadWorld): Promise<readonly SegmentLine[]> {
  const { ordered } = await liveSegments(world)
  return ordered.map(lineOf).sort((one, other) => (one.name < other.name ? -1 : 1))
}

function lineOf({ name, version, description, condition }: LiveSegment): SegmentLine {
  return { name, version, description, when: describe(condition) }
}

export interface SegmentView extends SegmentLine {
  readonly publishedAt: string
  readonly source: string
  readonly members: number
  /** False when there are more members than are counted. */
  readonly isWhole: boolean
  /** How many customers have been asked since segments were published last. */
  readonly asked?: JobProgress | undefined
}

/** @returns undefined when no such segment is live. */
export async function showSegment(world: ReadWorld, name: string): Promise<SegmentView | undefined> {
  const { ordered, generation } = await liveSegments(world)
  const segment = ordered.find((one) => one.name === name)
  const published = (await livePublished<SegmentContent>(world, 'segment')).get(name)
  if (segment === undefined || published === undefined) return undefined
  const job = { kind: SEGMENT_BACKFILL, name: String(generation), shards: SEGMENT_SHARDS }
  return {
    ...lineOf(segment),
    ...placeOf(published),
    ...(await countMembers(world, name)),
    asked: await jobProgress(world, job),
  }
}

function placeOf({ publishedAt, source }: Published<SegmentContent>): Pick<SegmentView, 'publishedAt' | 'source'> {
  return { publishedAt: new Date(publishedAt).toISOString(), source }
}

const COUNTED_AT_ONCE = 1_000
const MOST_PAGES = 3

async function countMembers({ table }: ReadWorld, segment: string): Promise<Pick<SegmentView, 'members' | 'isWhole'>> {
  const shards = await Promise.all(
    Array.from({ length: SEGMENT_SHARDS }, async (_, shard) => {
      let members = 0
      let cursor: string | undefined
      for (let page = 0; page < MOST_PAGES; page++) {
        const found = await segmentPage(table, segment, shard, cursor, COUNTED_AT_ONCE)
        members += found.customers.length
        cursor = found.cursor
        if (cursor === undefined) break
      }
      return { members, isWhole: cursor === undefined }
    }),
  )
  const members = shards.reduce((sum, shard) => sum + shard.members, 0)
  return { members, isWhole: shards.every(({ isWhole }) => isWhole) }
}

export interface SegmentSize {
  /** Customers that were asked. */
  readonly asked: number
  readonly members: number
  /** False when those asked are a sample of all. */
  readonly isWhole: boolean
}

/** Of each shard; together they are a sample that tells a share of 1% from one of 2%. */
const SAMPLED = 150

/**
 * How many customers would be in a segment, before it is published; of many customers a random sample is asked.
 * @throws InvalidInput when it cannot be read.
 */
export async function sizeOf(world: ReadWorld, file: string, text: string): Promise<SegmentSize> {
  const reading = readSegment(file, text)
  const { ordered } = await liveSegments(world)
  const known = ordered.map(({ name }) => name)
  const problems = reading.ok ? checkSegments({ [reading.document.segment]: reading }, known) : reading.problems
  if (!reading.ok || problems.length > 0)
    throw new InvalidInput('segment.problems', problems.map(describeProblem).join('\n'))
  const shards = await Promise.all(
    Array.from({ length: SEGMENT_SHARDS }, (_, shard) => sizeInShard(world, reading.document.if, shard)),
  )
  return {
    asked: shards.reduce((sum, { asked }) => sum + asked, 0),
    members: shards.reduce((sum, { members }) => sum + members, 0),
    isWhole: shards.every(({ isWhole }) => isWhole),
  }
}

async function sizeInShard(world: ReadWorld, condition: Condition, shard: number): Promise<SegmentSize> {
  const page = await customerPage(world.table, shard, undefined, SAMPLED)
  const size = { asked: 0, members: 0 }
  for (const customer of page.customers) {
    const profile = await loadProfile(world, customer)
    // One who was merged is asked as the customer she is now.
    if (profile?.id !== customer) continue
    size.asked += 1
    if (evaluate(condition, await factsAbout(world, profile, condition))) size.members += 1
  }
  return { ...size, isWhole: page.cursor === undefined }
}

export interface SegmentReason {
  readonly segment: string
  readonly customer: string
  readonly isMember: boolean
  /** When she joined; ISO 8601. */
  readonly since?: string | undefined
  /** When time alone may change one of her memberships. */
  readonly looksAgainAt?: string | undefined
  /** Its condition, line by line, as it is now. */
  readonly explanation: Explanation
}

/**
 * Why she is in a segment or is not.
 * @returns undefined when no such segment is live.
 */
export async function explainMembership(
  world: ReadWorld,
  name: string,
  profile: Profile,
): Promise<SegmentReason | undefined> {
  const segment = (await liveSegments(world)).ordered.find((one) => one.name === name)
  if (segment === undefined) return undefined
  const { condition } = segment
  return {
    segment: name,
    customer: profile.id,
    isMember: Object.hasOwn(profile.segments, name),
    since: iso(profile.segments[name]),
    looksAgainAt: iso(profile.reviewed?.dueAt),
    explanation: explain(condition, await factsAbout(world, profile, condition)),
  }
}

/** A segment asks nothing of a run. */
function factsAbout(world: ReadWorld, profile: Profile, condition: Condition): ReturnType<typeof readFacts> {
  return readFacts(world, { profile, run: { customer: profile.id, enrolment: '' }, conditions: [condition] })
}

function iso(instant: number | undefined): string | undefined {
  return instant === undefined ? undefined : new Date(instant).toISOString()
}
