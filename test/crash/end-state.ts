import { readConversation } from '#shared/conversations/conversation.ts'
import { readDispatch } from '#shared/dispatches/dispatch-row.ts'
import { readEnrolment } from '#shared/journeys/runs/enrolment.ts'
import type { Profile } from '#shared/profiles/profile.ts'
import { decode } from '#shared/profiles/store.ts'
import { readTimelineItem } from '#shared/profiles/timeline-row.ts'
import type { Item } from '#shared/world/table.ts'
import { allRows } from '#test/builders/all-rows.ts'
import type { Telling } from './story.ts'

export type EndState = Awaited<ReturnType<typeof endState>>

/**
 * What must be the same however often the process died: everything but times and the ids that were drawn. Customers
 * are called by what they are known by.
 */
export async function endState({ system, provider }: Telling) {
  const rows = await allRows(system.world.table)
  const profiles = rows.filter(({ sk }) => sk === 'PROFILE').map(decode)
  const nameOf = namesOf(profiles)
  const within = (prefix: string) => rows.filter(({ pk, sk }) => pk.startsWith('C#') && sk.startsWith(prefix))
  const now = new Date(system.clock.now()).toISOString()
  return {
    profiles: sorted(profiles.filter(({ mergedInto }) => mergedInto === undefined).map(profileState)),
    tombstones: profiles.filter(({ mergedInto }) => mergedInto !== undefined).length,
    timeline: sorted(within('T#').map((item) => ({ of: nameOf(item), ...touchpointState(item) }))),
    enrolments: sorted(within('E#').map((item) => ({ of: nameOf(item), ...enrolmentState(item) }))),
    dispatches: sorted(within('D#').map((item) => ({ of: nameOf(item), ...dispatchState(item) }))),
    proofs: within('N#').length,
    conversations: sorted(within('V#').map((item) => ({ of: nameOf(item), ...conversationState(item) }))),
    answersUnderWay: within('ANSWER#').length,
    devices: within('K#').length,
    deadLetters: rows.filter(({ pk }) => pk === 'X').map(({ reason }) => reason),
    overdue: rows.filter(({ ipk, isk }) => ipk?.startsWith('DUE#') && String(isk) < now).map(({ sk }) => sk),
    counters: Object.assign(
      {},
      ...rows.filter(({ sk }) => sk.startsWith('DAY#')).map(({ pk: _, sk, ...sums }) => ({ [sk]: sums })),
    ),
    machines: system.machines.counts(),
    queued: system.queues.size(),
    outbox: sorted(
      system.outbox
        .list({ limit: 100_000 })
        .map(({ channel, to, content }) => ({ channel, to, content: textOf(content) })),
    ),
    taken: sorted(
      (provider?.outside.taken ?? []).map(({ channel, to, tags }) => ({ channel, to, message: tags.message })),
    ),
  }
}

/** How often a message was put off depends on how often it was tried. */
export function withoutHolds({ counters, ...rest }: EndState) {
  const isOther = ([name]: readonly [string, unknown]): boolean => !name.startsWith('held')
  const days = Object.entries(counters).map(([day, sums]) => [
    day,
    Object.fromEntries(Object.entries(sums as object).filter(isOther)),
  ])
  return { ...rest, counters: Object.fromEntries(days) }
}

function namesOf(profiles: readonly Profile[]): (item: Item) => string {
  const byId = new Map(profiles.map((profile) => [profile.id, profile]))
  const survivor = (id: string): Profile | undefined => {
    const profile = byId.get(id)
    return profile?.mergedInto === undefined ? profile : survivor(profile.mergedInto)
  }
  return ({ pk }) => {
    const known = Object.entries(survivor(pk.slice(2))?.identifiers ?? {})
    return sorted(known.map(([kind, values]) => `${kind} ${JSON.stringify(valuesOf(values))}`)).join(', ')
  }
}

/** Dated values without their dates. */
function valuesOf(list: readonly unknown[]): unknown {
  return list.map((value) => (Array.isArray(value) ? value[0] : value))
}

function profileState(profile: Profile) {
  const undated = (of: Readonly<Record<string, readonly [unknown, number]>>) =>
    Object.fromEntries(Object.entries(of).map(([name, [value]]) => [name, value]))
  return {
    identifiers: Object.fromEntries(
      Object.entries(profile.identifiers).map(([kind, values]) => [kind, sorted(valuesOf(values) as unknown[])]),
    ),
    traits: undated(profile.traits),
    consent: undated(profile.consent),
    suppressed: undated(profile.suppressed),
    pushDevices: undated(profile.pushDevices),
    counted: sorted(profile.counted.map(({ channel, purpose }) => `${purpose}/${channel}`)),
    runs: Object.values(profile.runs).map(({ journey, run }) => `${journey} ${run}`),
    entered: Object.keys(profile.entered).toSorted(),
    goals: profile.goals.map(({ journey }) => journey),
    segments: Object.keys(profile.segments).toSorted(),
    aliases: profile.aliases.length,
    conversations: sorted(
      Object.values(profile.conversations).map(({ team, channel, mutes }) => ({ team, channel, mutes })),
    ),
  }
}

function touchpointState(item: Item) {
  const { id, type, channel, properties, identity, notEntered } = readTimelineItem(item)
  return {
    id: isOurs(type) ? '' : id.replace(/^delivered-.*/, ''),
    type,
    channel,
    identity,
    notEntered,
    keys: Object.keys(properties).toSorted(),
  }
}

/** What we make ourselves has an id that depends on the customer's, which is drawn. */
function isOurs(type: string): boolean {
  return /^(customer\.updated$|conversation\.|journey\.started$|segment\.)/.test(type)
}

function enrolmentState(item: Item) {
  const { journey, version, run, state, reason, detail, entry, goalAt, goalValue } = readEnrolment(item)
  return {
    journey,
    version,
    run,
    state,
    reason,
    detail,
    entry: isOurs(entry.type) ? '' : entry.id,
    goal: goalAt !== undefined,
    goalValue,
  }
}

function conversationState(item: Item) {
  const { state, by, team, channel, agent, preview, closedBy, reason } = readConversation(item)
  return { state, by, team, channel, agent, preview, closedBy, reason }
}

function dispatchState(item: Item) {
  const { journey, run, message, purpose, channel, state, detail, locale, deliveredAt } = readDispatch(item)
  return { journey, run, message, purpose, channel, state, detail, locale, delivered: deliveredAt !== undefined }
}

function textOf({ subject, title, text }: Readonly<Record<string, unknown>>): string {
  return String(subject ?? title ?? text).trim()
}

function sorted<T>(list: readonly T[]): readonly T[] {
  const key = (value: T): string => JSON.stringify(value) ?? ''
  return list.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
}
