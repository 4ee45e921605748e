import type { NotEntered } from '../journeys/entries/enrol.ts'
import { entryType } from '../journeys/entries/entry.ts'
import { isMeantFor } from '../journeys/entries/started.ts'
import type { Enrolment } from '../journeys/runs/enrolment.ts'
import { readFacts } from '../journeys/runs/read-facts.ts'
import type { LiveJourney } from '../journeys/versions/live.ts'
import type { Profile } from '../profiles/profile.ts'
import { readTimeline } from '../profiles/timeline.ts'
import type { TimelineRow } from '../profiles/timeline-row.ts'
import type { Condition } from '../segments/condition.ts'
import { type Explanation, explain } from '../segments/explain.ts'
import { STALE_AFTER } from '../touchpoints/touchpoint.ts'
import type { World } from '../world/world.ts'

/** A touchpoint that might have let her in, and what came of it. */
export interface EntryAccount {
  /** ISO 8601, UTC. */
  readonly at: string
  readonly entered: boolean
  readonly text: string
  /** The condition that kept her out, line by line; one on her profile as she is now. */
  readonly explanation?: Explanation | undefined
}

/** Of those that came the latest are told. */
const MOST_TOLD = 5

/** Why a touchpoint of the right type did not let her in, to follow a colon. */
export const NOT_ENTERED: Readonly<Record<NotEntered, string>> = {
  condition: 'the journey’s "if" did not hold for her',
  'key-missing': 'it lacks the property that is the journey’s key',
  'already-running': 'she was in the journey already',
  'entered-before': 'she had entered before, and may not again so soon',
  'already-exited': 'what ends the journey had happened already',
  depth: 'too many journeys had led to one another',
  retired: 'the journey was retired, and takes nobody new',
  'not-open': 'the journey was not open at that time',
}

interface Asked {
  readonly profile: Profile
  readonly journey: LiveJourney
  readonly enrolments: readonly Enrolment[]
}

/** What came of the touchpoints that could have let her in, oldest first. */
export async function entryAccounts(
  world: Pick<World, 'table' | 'clock'>,
  asked: Asked,
): Promise<readonly EntryAccount[]> {
  const type = entryType(asked.journey.content.document.enter)
  const rows = await readTimeline(world, asked.profile)
  const came = rows.filter((row) => row.type === type && isMeantFor(row, asked.journey)).slice(0, MOST_TOLD)
  return Promise.all(came.toReversed().map((row) => entryAccount(world, row, asked)))
}

async function entryAccount(
  world: Pick<World, 'table' | 'clock'>,
  row: TimelineRow,
  asked: Asked,
): Promise<EntryAccount> {
  const { journey, enrolments } = asked
  const { enter } = journey.content.document
  const told = (text: string, explanation?: Explanation): EntryAccount => ({
    at: new Date(row.occurredAt).toISOString(),
    entered: false,
    text: `${row.type} on ${row.channel} did not let her in: ${text}.`,
    explanation,
  })
  if (enrolments.some(({ entry }) => entry.id === row.id))
    return { ...told(''), entered: true, text: `${row.type} on ${row.channel} let her in.` }
  const reason = row.notEntered?.[journey.name] as NotEntered | undefined // as `decideEntry` wrote it
  if (reason === 'condition') return told(NOT_ENTERED.condition, await explained(world, enter.if, row, asked))
  if (reason !== undefined) return told(NOT_ENTERED[reason])
  const where = await explained(world, enter.where, row, asked)
  if (where?.held === false) return told('it is not the one that the journey’s "where" asks for', where)
  return told(silence(row, journey))
}

/** Why a touchpoint that fits left no word about this journey. */
function silence(row: TimelineRow, { version, publishedAt }: LiveJourney): string {
  if (row.recordedAt - row.occurredAt > STALE_AFTER)
    return 'it was more than a day old when it came, and starts nothing'
  if (row.recordedAt < publishedAt) return `it came before version ${version} of the journey was published`
  return 'it belongs to an import of her history, or started a run over'
}

async function explained(
  world: Pick<World, 'table' | 'clock'>,
  condition: Condition | undefined,
  row: TimelineRow,
  { profile }: Asked,
): Promise<Explanation | undefined> {
  if (condition === undefined) return undefined
  const run = { customer: profile.id, enrolment: '' }
  return explain(condition, await readFacts(world, { profile, run, conditions: [condition] }), row)
}
