import { forget } from '../documents/fresh.ts'
import { livePublished, type Published } from '../documents/published.ts'
import type { World } from '../world/world.ts'
import type { Condition } from './condition.ts'
import { type Needs, needs } from './needs.ts'
import { type WatchSpec, watchesOf } from './watch-spec.ts'

/** A published segment as the running system uses it. */
export interface SegmentContent {
  readonly description?: string | undefined
  /** Absent when it has been retired: then nobody is in it. */
  readonly if?: Condition
  /** Greater than that of any segment published before. */
  readonly generation: number
}

/** A segment that is live, with what its condition looks at. */
export interface LiveSegment {
  readonly name: string
  readonly version: number
  readonly generation: number
  readonly description?: string | undefined
  readonly condition: Condition
  readonly needs: Needs
  readonly watches: readonly WatchSpec[]
}

export interface LiveSegments {
  /** Each after those it asks for. */
  readonly ordered: readonly LiveSegment[]
  /** The greatest of them, of those that have been retired too; 0 for none. */
  readonly generation: number
}

type Live = ReadonlyMap<string, Published<SegmentContent>>

const read = new WeakMap<Live, LiveSegments>()

/**
 * The segments that are live; at most ten seconds old.
 * @param generation somebody has seen this one, so an older one will not do
 */
export async function liveSegments(world: Pick<World, 'table' | 'clock'>, generation = 0): Promise<LiveSegments> {
  const found = prepare(await livePublished<SegmentContent>(world, 'segment'))
  if (found.generation >= generation) return found
  forget(world.table)
  return prepare(await livePublished<SegmentContent>(world, 'segment'))
}

function prepare(live: Live): LiveSegments {
  let prepared = read.get(live)
  if (prepared === undefined) {
    const generation = Math.max(0, ...[...live.values()].map(({ content }) => content.generation))
    prepared = { ordered: inOrder([...live.values()].flatMap(segmentOf)), generation }
    read.set(live, prepared)
  }
  return prepared
}

function segmentOf({ name, version, content }: Published<SegmentContent>): readonly LiveSegment[] {
  const { description, if: condition, generation } = content
  if (condition === undefined) return []
  const asked = needs(condition)
  return [{ name, version, generation, description, condition, needs: asked, watches: watchesOf(condition) }]
}

/** What publishing has checked holds: nothing goes round in a circle. */
function inOrder(segments: readonly LiveSegment[]): readonly LiveSegment[] {
  const byName = new Map(segments.map((segment) => [segment.name, segment]))
  const ordered = new Set<LiveSegment>()
  const place = (segment: LiveSegment): void => {
    if (!byName.delete(segment.name)) return
    for (const name of segment.needs.segments) {
      const asked = byName.get(name)
      if (asked !== undefined) place(asked)
    }
    ordered.add(segment)
  }
  for (const segment of segments) place(segment)
  return [...ordered]
}

/** What a touchpoint changes, as far as conditions can see it. */
export interface Touched {
  readonly type: string
  /** Names of traits. */
  readonly traits: readonly string[]
  readonly consent: boolean
  readonly reachable: boolean
}

/** The segments whose answer a touchpoint may change, with those that ask for one of them, in order. */
export function touchedBy({ ordered }: LiveSegments, touched: Touched): readonly LiveSegment[] {
  const found = new Set<string>()
  return ordered.filter(({ name, needs: asked }) => {
    const isTouched = asks(asked, touched) || asked.segments.some((other) => found.has(other))
    if (isTouched) found.add(name)
    return isTouched
  })
}

function asks({ touchpoints, messages, traits, consent, reachable }: Needs, touched: Touched): boolean {
  return (
    touchpoints.some(({ type }) => type === touched.type) ||
    touched.traits.some((name) => traits.includes(name)) ||
    (touched.consent && consent) ||
    (touched.reachable && reachable) ||
    (messages.length > 0 && touched.type.startsWith('message.'))
  )
}
