import type { Profile } from '../../profiles/profile.ts'
import { valueAt } from '../../segments/path.ts'
import type { Identifiers } from '../../touchpoints/identifiers.ts'
import type { Touchpoint } from '../../touchpoints/touchpoint.ts'
import type { Json } from '../../world/table.ts'
import type { LiveJourney } from '../versions/live.ts'
import { type Entry, STARTED } from './entry.ts'

/** Who or what says that a customer enters a journey. */
export type StartedBy = 'api' | 'start' | 'schedule' | 'once' | 'date' | 'segment'

interface Start {
  /** The same for the same start, so that done twice is done once. */
  readonly id: string
  readonly journey: string
  readonly by: StartedBy
  readonly identifiers: Identifiers
  /** What the journey may use as `entry`. */
  readonly properties?: Readonly<Record<string, Json>>
  readonly now: number
  /** When it was due (epoch ms), where that is always the same; absent takes `now`. */
  readonly dueAt?: number
  readonly causedBy?: string
  readonly depth?: number
}

/** The touchpoint by which she enters a journey that asks for no touchpoint of hers. */
export function startedTouchpoint({
  id,
  journey,
  by,
  identifiers,
  properties,
  now,
  dueAt,
  ...cause
}: Start): Touchpoint {
  return {
    id,
    type: STARTED,
    occurredAt: dueAt ?? now,
    recordedAt: now,
    timed: dueAt !== undefined,
    channel: 'journey',
    direction: 'in',
    identifiers,
    properties: { ...properties, journey, by },
    depth: 0,
    mode: 'live',
    source: 'journey',
    ...cause,
  }
}

/** Whether the touchpoint, which is of a type that the journey asks for, is about this journey at all. */
export function isMeantFor(
  { type, properties }: Pick<Touchpoint, 'type' | 'properties'>,
  journey: LiveJourney,
): boolean {
  const { on } = journey.content.document.enter
  if (on.kind === 'touchpoint') return true
  if (type === STARTED) return properties.journey === journey.name && maySay(on, properties.by)
  if (on.kind === 'leaves') return properties.segment === on.segment
  return on.kind === 'joins' && properties.segment === on.segment && (properties.existing !== true || includes(on))
}

/** The value for each of which there is one run; undefined when the touchpoint lacks the property. */
export function entryKey(
  { id, type, properties }: Pick<Touchpoint, 'id' | 'type' | 'properties'>,
  { on, key }: Entry,
  { segments }: Pick<Profile, 'segments'>,
): string | undefined {
  if (key !== undefined) {
    const value = valueAt(properties, key)
    return value === undefined || value === null ? undefined : String(value)
  }
  // Whatever finds her at one time, or since she joined once, finds her for one run.
  if (type === STARTED && TIMED.includes(properties.by) && typeof properties.at === 'string') return properties.at
  const joinedAt = on.kind === 'joins' ? segments[on.segment] : undefined
  return joinedAt === undefined ? id : `joined ${joinedAt}`
}

const TIMED: readonly (Json | undefined)[] = ['once', 'schedule', 'date'] satisfies StartedBy[]

type On = Entry['on']

function maySay(on: On, by: Json | undefined): boolean {
  if (on.kind === 'api') return by === 'api' || by === 'start'
  return on.kind === 'joins' ? includes(on) && by === 'segment' : by === on.kind
}

function includes({ existing }: On & { kind: 'joins' }): boolean {
  return existing === 'include'
}
