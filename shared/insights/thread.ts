import { describeReasonWithChannel } from '../decisions/decision.ts'
import { type Dispatch, reactionsOf, readDispatch } from '../dispatches/dispatch-row.ts'
import { type Enrolment, readEnrolment } from '../journeys/runs/enrolment.ts'
import type { Profile } from '../profiles/profile.ts'
import { customerPartition } from '../profiles/store.ts'
import { readTimeline } from '../profiles/timeline.ts'
import type { TimelineRow } from '../profiles/timeline-row.ts'
import type { Item, Table } from '../world/table.ts'

/** One thing that happened between her and the brand; `at` is ISO 8601, UTC. */
export type ThreadEntry =
  | (Entry & {
      readonly kind: 'touchpoint'
      readonly id: string
      readonly type: string
      readonly channel: string
      readonly properties: unknown
    })
  | (Entry & {
      readonly kind: 'journey'
      readonly journey: string
      readonly enrolment: string
      readonly event: 'entered' | 'ended' | 'goal'
    })
  | (Entry & {
      readonly kind: 'message'
      readonly dispatch: string
      readonly message: string
      readonly state: Dispatch['state']
      readonly channel?: string
      /** Each gate's answer in a sentence. */
      readonly reasons: readonly string[]
    })

interface Entry {
  readonly at: string
  /** One line for people. */
  readonly text: string
}

/** Her thread, oldest first: touchpoints, messages with their decisions, and journeys, all channels together. */
export async function readThread(
  { table }: { readonly table: Table },
  profile: Pick<Profile, 'id' | 'aliases'>,
): Promise<readonly ThreadEntry[]> {
  const homes = [profile.id, ...profile.aliases]
  const [touchpoints, dispatches, enrolments] = await Promise.all([
    readTimeline({ table }, profile),
    readRows(table, homes, 'D#'),
    readRows(table, homes, 'E#'),
  ])
  const runs = enrolments.map(readEnrolment)
  const over = new Set(runs.filter(({ state }) => state === 'ended').map(({ id }) => id))
  const entries = [
    ...touchpoints.toSorted(inOrder).map(touchpointEntry),
    ...dispatches.map((item) => messageEntry(readDispatch(item), over)),
    ...runs.flatMap(journeyEntries),
  ]
  return entries.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

/** What happened at one instant, in the order in which it was recorded. */
function inOrder(one: TimelineRow, other: TimelineRow): number {
  return one.occurredAt - other.occurredAt || one.moment - other.moment
}

async function readRows(table: Table, homes: readonly string[], prefix: string): Promise<readonly Item[]> {
  const pages = await Promise.all(
    homes.map((customer) => table.query({ pk: customerPartition(customer), prefix, limit: 1_000 })),
  )
  return pages.flatMap(({ items }) => items)
}

function touchpointEntry({
  id,
  type,
  occurredAt,
  channel,
  properties,
  notEntered,
  identity,
}: TimelineRow): ThreadEntry {
  const refused = Object.entries(notEntered ?? {}).map(([journey, reason]) => `${journey} not entered: ${reason}`)
  const notes = [...(identity === undefined ? [] : [identity]), ...refused]
  const text = `${whatHappened(type, channel, properties)}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`
  return { at: iso(occurredAt), kind: 'touchpoint', id, type, channel, properties, text }
}

function whatHappened(type: string, channel: string, { segment, existing }: TimelineRow['properties']): string {
  const change = /^segment\.(joined|left)$/.exec(type)?.[1]
  if (change === undefined) return `${type} on ${channel}`
  return `${change} segment ${segment}${existing === true ? ' by publishing' : ''}`
}

function messageEntry(dispatch: Dispatch, over: ReadonlySet<string>): ThreadEntry {
  const { id, message, state, channel, because, decidedAt, sentAt, warnings = [] } = dispatch
  const empty = warnings.map((variable) => `${variable} was empty.`)
  return {
    at: iso(sentAt ?? decidedAt),
    kind: 'message',
    dispatch: id,
    message,
    state,
    ...(channel === undefined ? {} : { channel }),
    reasons: [...because.map(describeReasonWithChannel), ...empty],
    text: `${message} ${stateText(dispatch, over.has(dispatch.enrolment))}${feedbackText(dispatch)}`,
  }
}

function stateText({ state, until, channel }: Dispatch, isOver: boolean): string {
  if (state === 'held' && isOver) return 'held, and not sent: its run ended first'
  if (state === 'held' && until !== undefined) return `held until ${iso(until)}`
  return channel === undefined ? state : `${state} by ${channel}`
}

function feedbackText(dispatch: Dispatch): string {
  return reactionsOf(dispatch)
    .map((what) => `, ${what}`)
    .join('')
}

function journeyEntries({
  id,
  journey,
  version,
  enteredAt,
  state,
  reason,
  detail,
  endedAt,
  goalAt,
}: Enrolment): readonly ThreadEntry[] {
  const base = { kind: 'journey', journey, enrolment: id } as const
  const entries: ThreadEntry[] = [
    { ...base, at: iso(enteredAt), event: 'entered', text: `entered ${journey}, version ${version}` },
  ]
  if (goalAt !== undefined)
    entries.push({ ...base, at: iso(goalAt), event: 'goal', text: `reached the goal of ${journey}` })
  if (state === 'ended' && endedAt !== undefined)
    entries.push({
      ...base,
      at: iso(endedAt),
      event: 'ended',
      text: `left ${journey}: ${reason ?? 'unknown'}${detail === undefined ? '' : ` (${detail})`}`,
    })
  return entries
}

function iso(instant: number): string {
  return new Date(instant).toISOString()
}
