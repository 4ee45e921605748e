import { numberIn } from '../../documents/fields.ts'
import type { GoalWatch, OpenRun } from '../../profiles/profile.ts'
import { isLive } from '../../touchpoints/touchpoint.ts'
import { decideEntry, type EntryDecision, exitSince } from '../entries/enrol.ts'
import type { Exit } from '../entries/entry.ts'
import { kindOf } from '../steps/catalog.ts'
import { findStep } from '../steps/find-step.ts'
import type { LiveJourney } from '../versions/live.ts'
import { type EntryReader, holds, type Situation } from './situation.ts'

/** What a touchpoint causes, decided from the profile before and after it. */
export type Effect =
  | { readonly kind: 'exit'; readonly enrolment: string; readonly run: OpenRun; readonly detail: string }
  | { readonly kind: 'goal'; readonly goal: GoalWatch; readonly value: number | undefined }
  | {
      readonly kind: 'wake'
      readonly enrolment: string
      readonly run: OpenRun
      readonly step: string
      readonly matched: number
    }
  | EntryDecision

/**
 * A stale touchpoint, or one of an import, starts and wakes nothing; but it may still end a run or reach a goal that
 * began before it occurred, since that only ever prevents a message.
 */
export async function advance(situation: Situation): Promise<readonly Effect[]> {
  const { after, touchpoint } = situation
  const effects: Effect[] = []
  for (const goal of after.goals) effects.push(...(await goalEffects(situation, goal)))
  for (const [enrolment, run] of Object.entries(after.runs))
    effects.push(...(await runEffects(situation, enrolment, run)))
  if (!isLive(touchpoint)) return effects
  const left = new Set(effects.flatMap((effect) => (effect.kind === 'exit' ? [effect.enrolment] : [])))
  for (const journey of situation.live) {
    const decision = await decideEntry(situation, journey)
    // What ends a run does not start it over.
    const isOver = decision.kind === 'restart' && left.has(decision.enrolment)
    effects.push(isOver ? { kind: 'not-entered', journey: journey.name, reason: 'already-exited' } : decision)
  }
  return effects
}

async function goalEffects(situation: Situation, goal: GoalWatch): Promise<Effect[]> {
  const { touchpoint, after } = situation
  if (touchpoint.occurredAt < goal.enteredAt || touchpoint.occurredAt > goal.until) return []
  const { document } = (await situation.versionOf(goal)).content
  if (document.goal?.when !== touchpoint.type) return []
  const home = goal.home ?? after.id
  if (!(await holds(situation, document.goal.where, { entry: () => situation.entryOf(goal.enrolment, home) })))
    return []
  const { value } = document.goal
  return [{ kind: 'goal', goal, value: value === undefined ? undefined : numberIn(touchpoint.properties[value]) }]
}

async function runEffects(situation: Situation, enrolment: string, run: OpenRun): Promise<Effect[]> {
  const { touchpoint, after } = situation
  const journey = await situation.versionOf(run)
  const entry: EntryReader = () => situation.entryOf(enrolment, run.home ?? after.id)
  const missed = situation.hasMerged ? await exitSince(situation, journey, run.enteredAt, entry) : undefined
  if (missed !== undefined) return [{ kind: 'exit', enrolment, run, detail: missed }]
  if (touchpoint.occurredAt < run.enteredAt) return []
  const { document } = journey.content
  for (const exit of document.exit)
    if (await exitHolds(situation, exit, entry))
      return [{ kind: 'exit', enrolment, run, detail: exit.when ?? 'condition' }]
  if (!isLive(touchpoint) || !run.wait?.types.includes(touchpoint.type) || isOver(run, situation.now)) return []
  const { step, conversation } = run.wait
  if (conversation !== undefined && conversation !== touchpoint.conversation) return []
  const matched = await matchedCase(situation, document.steps, step, entry)
  return matched === undefined ? [] : [{ kind: 'wake', enrolment, run, step, matched }]
}

/** Nobody writes when the time of a wait runs out: the run has gone on by then. */
function isOver({ wait, last }: OpenRun, now: number): boolean {
  return last?.until !== undefined && last.step === wait?.step && last.until <= now
}

async function exitHolds(situation: Situation, exit: Exit, entry: EntryReader): Promise<boolean> {
  if (exit.when !== undefined && exit.when !== situation.touchpoint.type) return false
  return (await holds(situation, exit.where, { entry })) && (await holds(situation, exit.if, { entry }))
}

async function matchedCase(
  situation: Situation,
  steps: LiveJourney['content']['document']['steps'],
  id: string,
  entry: EntryReader,
): Promise<number | undefined> {
  const step = findStep(steps, id)
  for (const [index, { when, where }] of (kindOf(step).awaits?.(step) ?? []).entries())
    if (when === situation.touchpoint.type && (await holds(situation, where, { entry }))) return index
  return undefined
}
