import { NOT_ENTERED } from '#shared/insights/why-entry.ts'
import type { NotEntered } from '#shared/journeys/entries/enrol.ts'
import { entryType } from '#shared/journeys/entries/entry.ts'
import type { Journey } from '#shared/journeys/journey.ts'
import { readEnrolment } from '#shared/journeys/runs/enrolment.ts'
import { readFacts } from '#shared/journeys/runs/read-facts.ts'
import type { Profile } from '#shared/profiles/profile.ts'
import { readTimelineItem } from '#shared/profiles/timeline-row.ts'
import { type Explanation, explain } from '#shared/segments/explain.ts'
import { describeDuration } from '#shared/time/duration.ts'
import type { Touchpoint } from '#shared/touchpoints/touchpoint.ts'
import type { Item } from '#shared/world/table.ts'
import type { World } from '#shared/world/world.ts'

/** Why somebody does not enter. */
export interface Refusal {
  /** To follow a colon. */
  readonly reason: string
  /** The conditions of the entry, line by line. */
  readonly lines: readonly Explanation[]
}

interface Asked {
  readonly journey: Journey
  readonly profile: Profile
  readonly touchpoint: Touchpoint
  /** Her rows as they are afterwards. */
  readonly rows: readonly Item[]
}

/** @returns undefined when the touchpoint has let her in. */
export async function refusalOf(
  world: Pick<World, 'table' | 'clock'>,
  { journey, profile, touchpoint, rows }: Asked,
): Promise<Refusal | undefined> {
  const runs = rows.filter(({ sk }) => sk.startsWith('E#')).map(readEnrolment)
  if (runs.some((run) => run.journey === journey.journey && run.entry.id === touchpoint.id)) return undefined
  const timeline = rows.filter(({ sk }) => sk.startsWith('T#')).map(readTimelineItem)
  const own = timeline.find(({ id }) => id === touchpoint.id)
  const { where, if: condition } = journey.enter
  const conditions = [where, condition].filter((one) => one !== undefined)
  const facts = await readFacts(world, { profile, run: { customer: profile.id, enrolment: '' }, conditions })
  return {
    reason: reasonOf(own?.notEntered?.[journey.journey] as NotEntered | undefined, journey, profile), // as `decideEntry` wrote it
    lines: conditions.map((one) => explain(one, facts, touchpoint)),
  }
}

function reasonOf(code: NotEntered | undefined, { journey, enter }: Journey, { entered }: Profile): string {
  if (code === undefined) return `this ${entryType(enter)} is not one that the journey asks for`
  const last = entered[journey]
  if (code !== 'entered-before' || last === undefined) return NOT_ENTERED[code]
  const isNever = enter.again === Number.MAX_SAFE_INTEGER
  const again = isNever ? '' : `; again after ${describeDuration(enter.again)}`
  return `${NOT_ENTERED[code]} (on ${new Date(last).toISOString().slice(0, 10)}${again})`
}
