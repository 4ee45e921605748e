import { readDispatch } from '../dispatches/dispatch-row.ts'
import { readEnrolment } from '../journeys/runs/enrolment.ts'
import type { Change } from '../world/feed.ts'
import type { Item } from '../world/table.ts'

/** The day (UTC, `2026-11-21`) that a change counts for. */
export function dayOf({ before, after, sk }: Change): string {
  if (sk.startsWith('T#')) return sk.slice(2, 12)
  const at = sk.startsWith('E#') ? enrolmentAt(before, after) : after?.decidedAt
  return new Date(Number(at ?? 0)).toISOString().slice(0, 10)
}

/** When the latest of what a change says of an enrolment happened: its goal may be reached long after its end. */
function enrolmentAt(before: Item | undefined, after: Item | undefined): unknown {
  const goalAt = before?.goalAt === undefined ? after?.goalAt : undefined
  return goalAt ?? after?.endedAt ?? after?.enteredAt
}

/** The counters that a change adds one to: dotted names, from the general to the particular. */
export function countersOf({ sk, before, after }: Change): readonly string[] {
  if (after === undefined) return []
  if (sk.startsWith('T#')) return before === undefined ? touchpointCounters(after) : []
  if (sk.startsWith('E#')) return enrolmentCounters(before, after)
  return sk.startsWith('D#') && stateOf(before) !== stateOf(after) ? dispatchCounters(after) : []
}

function touchpointCounters({ type, channel, identity }: Item): readonly string[] {
  const counters = ['touchpoints', `touchpoints.${String(channel)}`, `types.${String(type)}`]
  return typeof identity === 'string' ? [...counters, `customers.${identity}`] : counters
}

function enrolmentCounters(before: Item | undefined, after: Item): readonly string[] {
  const { journey, state, reason, goalAt } = readEnrolment(after)
  return [
    ...(before === undefined ? ['entered', `entered.${journey}`] : []),
    ...(state === 'ended' && before?.state !== 'ended' ? [`ended.${journey}.${reason ?? 'unknown'}`] : []),
    ...(goalAt !== undefined && before?.goalAt === undefined ? ['goals', `goals.${journey}`] : []),
  ]
}

/** Not simply the attribute: late feedback makes `sent` of what nobody knew about. */
function stateOf(item: Item | undefined): string | undefined {
  return item === undefined ? undefined : readDispatch(item).state
}

function dispatchCounters(item: Item): readonly string[] {
  const { state, channel, message, because } = readDispatch(item)
  if (state === 'sent' || state === 'delivered') return ['sent', `sent.${channel ?? 'unknown'}`, `messages.${message}`]
  const last = because.at(-1)?.code ?? 'unknown'
  return state === 'held' || state === 'skipped' || state === 'uncertain' ? [state, `${state}.${last}`] : []
}
