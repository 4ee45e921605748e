import type { Brand } from '../../brand/brand.ts'
import type { OpenRun, Profile } from '../../profiles/profile.ts'
import type { TimelineRow } from '../../profiles/timeline-row.ts'
import type { Condition } from '../../segments/condition.ts'
import { evaluate } from '../../segments/evaluate.ts'
import type { TouchpointFact } from '../../segments/facts.ts'
import { type Needs, needs } from '../../segments/needs.ts'
import type { Touchpoint } from '../../touchpoints/touchpoint.ts'
import type { LiveJourney } from '../versions/live.ts'
import type { RunMemory } from './enrolment.ts'
import { factsOf, isUnwatched } from './facts.ts'

/** What the decision may look at; the readers are asked only where a condition needs them. */
export interface Situation {
  readonly before: Profile
  readonly after: Profile
  readonly touchpoint: Touchpoint
  /** True when somebody turned out to be her, whose past may have ended her runs. */
  readonly hasMerged: boolean
  readonly now: number
  readonly live: readonly LiveJourney[]
  versionOf(run: Pick<OpenRun, 'journey' | 'version'>): Promise<LiveJourney>
  /** Her other touchpoints from then on, newest first. */
  timeline(sinceAt: number): Promise<readonly TimelineRow[]>
  entryOf(enrolment: string, home: string): Promise<RunMemory | undefined>
  brand(): Promise<Brand>
  /** True when the journey takes nobody new. */
  isRetired(journey: string): Promise<boolean>
  /** When she may begin (epoch ms), where the journey's pace makes her wait; the same for every try. */
  turnIn(journey: LiveJourney, enrolment: string): Promise<number | undefined>
  /** True when this enrolment has been made before and has ended. */
  hasEnded(enrolment: string): boolean
}

export type EntryReader = () => Promise<RunMemory | undefined>

interface About {
  /** Reads what let her in and what was saved since, where the condition speaks of it. */
  readonly entry?: EntryReader
  /** What `property` and `channel` speak of, where that is not the situation's own touchpoint. */
  readonly touchpoint?: TouchpointFact
}

/** An absent condition holds. Reads only what the condition asks for. */
export async function holds(
  situation: Situation,
  condition: Condition | undefined,
  about: About = {},
): Promise<boolean> {
  if (condition === undefined) return true
  const { after: profile, now } = situation
  const needed = needsOf(condition)
  const known = {
    now,
    profile,
    ...(needed.entry ? await about.entry?.() : undefined),
    timeline: isUnwatched(profile, needed) ? [situation.touchpoint, ...(await situation.timeline(0))] : [],
  }
  return evaluate(condition, factsOf(known), about.touchpoint ?? situation.touchpoint)
}

const remembered = new WeakMap<Condition, Needs>()

/** Conditions are parsed once and asked often. */
function needsOf(condition: Condition): Needs {
  let known = remembered.get(condition)
  if (known === undefined) {
    known = needs(condition)
    remembered.set(condition, known)
  }
  return known
}
