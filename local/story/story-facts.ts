import type { Brand } from '#shared/brand/brand.ts'
import type { Conversation } from '#shared/conversations/conversation.ts'
import { ANSWERED } from '#shared/conversations/converse.ts'
import { zoneOf } from '#shared/decisions/zone.ts'
import { liveBrand } from '#shared/dispatches/brand-documents.ts'
import { type Dispatch, readDispatch } from '#shared/dispatches/dispatch-row.ts'
import { findProfile } from '#shared/insights/customer.ts'
import { type Enrolment, readEnrolment } from '#shared/journeys/runs/enrolment.ts'
import { executionName } from '#shared/journeys/runs/run.ts'
import { type JourneyContent, journeyVersion } from '#shared/journeys/versions/live.ts'
import type { Profile } from '#shared/profiles/profile.ts'
import { customerPartition } from '#shared/profiles/store.ts'
import { readTimeline } from '#shared/profiles/timeline.ts'
import type { TimelineRow } from '#shared/profiles/timeline-row.ts'
import { conversationsOf } from '#shared/recording/keep-conversations.ts'
import type { Item, Table } from '#shared/world/table.ts'
import type { OutboxMessage } from '../outbox.ts'
import type { System } from '../system.ts'
import { capitalised } from './moment.ts'
import type { Persona } from './persona.ts'

/** One enrolment with the journey it runs through and, where its machine sleeps, until when and in which step. */
export interface Run extends Enrolment {
  readonly document: JourneyContent['document']
  readonly asleep?: { readonly step: string; readonly until?: number | undefined } | undefined
}

/** All that is known of one customer, as the system has it. */
export interface StoryFacts {
  readonly now: number
  readonly zone: string
  readonly brand: Brand
  readonly profile: Profile
  /** Oldest first. */
  readonly touchpoints: readonly TimelineRow[]
  readonly dispatches: readonly Dispatch[]
  readonly runs: readonly Run[]
  /** Oldest first. */
  readonly conversations: readonly Conversation[]
  /** What arrived at her addresses, oldest first. */
  readonly messages: readonly OutboxMessage[]
}

/** @returns undefined while the system does not know her. */
export async function readFacts(system: System, { identifiers }: Persona): Promise<StoryFacts | undefined> {
  const { world, clock, outbox } = system
  const profile = await findProfile(world, { kind: 'userId', value: identifiers.userId })
  if (profile === undefined) return undefined
  const homes = [profile.id, ...profile.aliases]
  const [brand, touchpoints, dispatches, enrolments, conversations] = await Promise.all([
    liveBrand(world),
    readTimeline(world, profile),
    readRows(world.table, homes, 'D#'),
    readRows(world.table, homes, 'E#'),
    conversationsOf(world, profile),
  ])
  return {
    now: clock.now(),
    zone: zoneOf(profile, brand),
    brand,
    profile,
    touchpoints: touchpoints.toReversed(),
    dispatches: dispatches.map(readDispatch),
    runs: await Promise.all(enrolments.map((item) => readRun(system, readEnrolment(item)))),
    conversations: conversations.toReversed(),
    messages: homes.flatMap((customer) => outbox.list({ customer, limit: 100 })).sort((a, b) => a.at - b.at),
  }
}

async function readRun({ world, machines }: System, enrolment: Enrolment): Promise<Run> {
  const { content } = await journeyVersion(world, enrolment.journey, enrolment.version)
  const [machine = ''] = enrolment.machine.split(':')
  const { state, wakeAt } = machines.execution(machine, executionName(enrolment.id, enrolment.run)) ?? {}
  const asleep = enrolment.state === 'ended' || state === undefined ? undefined : { step: state, until: wakeAt }
  return { ...enrolment, document: content.document, asleep }
}

async function readRows(table: Table, homes: readonly string[], prefix: string): Promise<readonly Item[]> {
  const pages = await Promise.all(
    homes.map((customer) => table.query({ pk: customerPartition(customer), prefix, limit: 1_000 })),
  )
  return pages.flatMap(({ items }) => items)
}

/** How a message of ours begins, as she reads it; of an answer, what the agent wrote. */
export function quoteOf(dispatch: unknown, facts: Pick<StoryFacts, 'messages' | 'brand' | 'touchpoints'>): string {
  const content = facts.messages.find((message) => message.dispatch === dispatch)?.content ?? {}
  const text = answerIn(dispatch, facts)?.properties.text ?? content.title ?? content.subject ?? content.text
  return cut(capitalised(String(text ?? 'a message').replace(`${facts.brand.name}: `, '')))
}

/** The touchpoint of an agent's answer that went out as this dispatch. */
export function answerIn(dispatch: unknown, { touchpoints }: Pick<StoryFacts, 'touchpoints'>): TimelineRow | undefined {
  return touchpoints.find(({ type, properties }) => type === ANSWERED && properties.dispatch === dispatch)
}

const LONGEST_QUOTE = 64

function cut(text: string): string {
  if (text.length <= LONGEST_QUOTE) return text
  return `${text.slice(0, text.lastIndexOf(' ', LONGEST_QUOTE)).replace(/[.,;:]$/, '')} …`
}

/** When the first of her runs goes on by itself; undefined when none waits for a time. */
export function nextWakeAt({ runs, now }: Pick<StoryFacts, 'runs' | 'now'>): number | undefined {
  const times = runs.flatMap(({ asleep }) => (asleep?.until === undefined || asleep.until <= now ? [] : [asleep.until]))
  return times.length === 0 ? undefined : Math.min(...times)
}
