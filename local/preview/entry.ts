import { InvalidInput } from '#shared/errors/errors.ts'
import { entryType } from '#shared/journeys/entries/entry.ts'
import type { Journey } from '#shared/journeys/journey.ts'
import type { Profile } from '#shared/profiles/profile.ts'
import { readTimeline } from '#shared/profiles/timeline.ts'
import type { TimelineRow } from '#shared/profiles/timeline-row.ts'
import { parseTouchpoint } from '#shared/touchpoints/parse.ts'
import type { Touchpoint } from '#shared/touchpoints/touchpoint.ts'
import type { Json, Table } from '#shared/world/table.ts'

/** What is to let her in, where that is not simply what let her in the last time. */
export interface EntryChoice {
  readonly channel?: string | undefined
  readonly properties?: Readonly<Record<string, unknown>> | undefined
}

/** What an entry that is no act of hers says of itself, by which it is told apart from that of other journeys. */
function ownProperties({ journey, enter: { on } }: Journey): Readonly<Record<string, Json>> {
  if (on.kind === 'touchpoint') return {}
  return on.kind === 'joins' || on.kind === 'leaves' ? { segment: on.segment } : { journey, by: on.kind }
}

/** The channel of what Throughline itself records; an event without one has the usual. */
function ownChannel({ enter: { on } }: Journey): string | undefined {
  if (on.kind === 'touchpoint') return undefined
  return on.kind === 'joins' || on.kind === 'leaves' ? 'segment' : 'journey'
}

/** By a key that is made up she enters where nobody says which: there is one run for each. */
function keyOf({ enter: { on, key = [] } }: Journey): Readonly<Record<string, Json>> {
  const [name, ...deeper] = key
  return on.kind !== 'touchpoint' || name === undefined || deeper.length > 0 ? {} : { [name]: 'preview' }
}

/** Her last touchpoint by which she would enter. */
export async function lastEntry(table: Table, profile: Profile, journey: Journey): Promise<TimelineRow | undefined> {
  const type = entryType(journey.enter)
  const own = Object.entries(ownProperties(journey))
  const rows = await readTimeline({ table }, profile)
  return rows.find((row) => row.type === type && own.every(([name, value]) => row.properties[name] === value))
}

interface Entering {
  readonly journey: Journey
  readonly customer: string
  readonly at: number
  readonly last: TimelineRow | undefined
  readonly choice: EntryChoice
}

/**
 * The touchpoint by which she enters as the preview begins.
 * @throws InvalidInput when what was chosen cannot be one.
 */
export function entryTouchpoint({ journey, customer, at, last, choice }: Entering): Touchpoint {
  const event = {
    type: entryType(journey.enter),
    channel: choice.channel ?? last?.channel ?? ownChannel(journey),
    identifiers: { customerId: customer },
    properties: { ...keyOf(journey), ...last?.properties, ...choice.properties, ...ownProperties(journey) },
  }
  const parsed = parseTouchpoint(event, { receivedAt: at, fallbackId: () => 'preview-entry', source: 'preview' })
  if (parsed.ok) return parsed.touchpoint
  throw new InvalidInput('preview.bad-entry', `This cannot let her in. ${parsed.reason}`)
}
