import type { Brand } from '../../brand/brand.ts'
import { isInControlGroup } from '../../decisions/holdout.ts'
import { shareOf } from '../../profiles/share-of.ts'
import { endOf, startOf } from '../../time/local-moment.ts'
import { MAX_DEPTH } from '../../touchpoints/touchpoint.ts'
import { snapshotOf } from '../runs/enrolment.ts'
import { enrolmentId } from '../runs/run.ts'
import { type EntryReader, holds, type Situation } from '../runs/situation.ts'
import type { LiveJourney } from '../versions/live.ts'
import type { Entry } from './entry.ts'
import { entryKey, isMeantFor } from './started.ts'

export type NotEntered =
  | 'condition'
  | 'key-missing'
  | 'already-running'
  | 'entered-before'
  | 'already-exited'
  | 'depth'
  | 'retired'
  | 'not-open'

/** Whether a touchpoint lets her into a journey. `ignored` says that it is not the touchpoint the journey asks for. */
export type EntryDecision =
  | {
      readonly kind: 'enter'
      readonly journey: LiveJourney
      readonly enrolment: string
      readonly holdout: boolean
      /** Her turn (epoch ms), where the journey's pace makes her wait. */
      readonly startsAt?: number | undefined
    }
  /** The same key came again while its run is open, and the journey wants to start over. */
  | {
      readonly kind: 'restart'
      readonly journey: LiveJourney
      readonly enrolment: string
      readonly startsAt?: number | undefined
    }
  | { readonly kind: 'not-entered'; readonly journey: string; readonly reason: NotEntered }
  | { readonly kind: 'ignored' }

export async function decideEntry(situation: Situation, journey: LiveJourney): Promise<EntryDecision> {
  const { touchpoint, after } = situation
  const { enter } = journey.content.document
  if (!isMeantFor(touchpoint, journey) || !(await holds(situation, enter.where))) return { kind: 'ignored' }
  const no = (reason: NotEntered): EntryDecision => ({ kind: 'not-entered', journey: journey.name, reason })
  if (touchpoint.depth >= MAX_DEPTH) return no('depth')
  const key = entryKey(touchpoint, enter, after)
  if (key === undefined) return no('key-missing')
  const own = enrolmentId(journey.name, after.id, key)
  const others = after.aliases.map((home) => ({ home, id: enrolmentId(journey.name, home, key) }))
  // What began under a name that was merged into hers goes on under that name's id.
  const enrolment = others.find(({ id }) => after.runs[id] !== undefined)?.id ?? own
  const turn = (): Promise<number | undefined> => situation.turnIn(journey, enrolment)
  if (after.runs[enrolment] !== undefined)
    return enter.sameKey === 'restart'
      ? { kind: 'restart', journey, enrolment, startsAt: await turn() }
      : no('already-running')
  const refused = await refusal(situation, journey, enrolment)
  if (refused !== undefined) return no(refused)
  // Only a key that is no touchpoint's id can have let both of them in.
  if (key !== touchpoint.id && (await hasEnteredAs(situation, others))) return no('entered-before')
  const holdout = isHeldOut(journey, after.id, await situation.brand())
  const startsAt = holdout ? undefined : await turn()
  return { kind: 'enter', journey, enrolment, holdout, startsAt }
}

/** True when a customer who was merged into her has been let in by the same key. */
async function hasEnteredAs(
  { entryOf }: Situation,
  others: readonly { readonly home: string; readonly id: string }[],
): Promise<boolean> {
  const entries = await Promise.all(others.map(({ home, id }) => entryOf(id, home)))
  return entries.some((entry) => entry !== undefined)
}

async function refusal(situation: Situation, journey: LiveJourney, enrolment: string): Promise<NotEntered | undefined> {
  const { after, touchpoint } = situation
  const { enter } = journey.content.document
  if (await situation.isRetired(journey.name)) return 'retired'
  if (!isOpen(enter, situation.now, await situation.brand())) return 'not-open'
  const running = Object.values(after.runs).some((run) => run.journey === journey.name)
  if (enter.key === undefined && running) return 'already-running'
  const last = after.entered[journey.name]
  if (last !== undefined && Math.abs(touchpoint.occurredAt - last) < enter.again) return 'entered-before'
  if (situation.hasEnded(enrolment)) return 'entered-before'
  if (!(await holds(situation, enter.if))) return 'condition'
  return (await hasExitedAlready(situation, journey)) ? 'already-exited' : undefined
}

/** For an event that came late: what happened after it may have ended the run it would start. */
async function hasExitedAlready(situation: Situation, journey: LiveJourney): Promise<boolean> {
  const { touchpoint, before } = situation
  if (touchpoint.occurredAt >= before.lastSeenAt) return false
  const entry: EntryReader = async () => ({ entry: snapshotOf(touchpoint) })
  return (await exitSince(situation, journey, touchpoint.occurredAt, entry)) !== undefined
}

/** What would have ended a run of this journey, of all that occurred since and is in her timeline already. */
export async function exitSince(
  situation: Situation,
  { content }: LiveJourney,
  sinceAt: number,
  entry: EntryReader,
): Promise<string | undefined> {
  const { exit } = content.document
  if (exit.length === 0) return undefined
  for (const row of await situation.timeline(sinceAt))
    for (const { when, where } of exit)
      if (when === row.type && (await holds(situation, where, { touchpoint: row, entry }))) return when
  return undefined
}

function isOpen({ open }: Entry, now: number, { defaultZone }: Brand): boolean {
  const { from, to } = open ?? {}
  if (from !== undefined && now < startOf(from, defaultZone)) return false
  return to === undefined || now < endOf(to, defaultZone)
}

/** In the control group of the journey, or of the brand, which gets no marketing at all. */
export function isHeldOut({ name, content }: LiveJourney, customer: string, brand: Brand): boolean {
  const { holdout, purpose } = content.document
  if (holdout !== undefined && shareOf(customer, `holdout ${name}`) < holdout) return true
  return brand.purposes[purpose]?.needsConsent === true && isInControlGroup(customer, brand)
}
