import type { Brand } from '../brand/brand.ts'
import { mayMeanStop } from '../channels/sms/keywords.ts'
import type { Conversation } from '../conversations/conversation.ts'
import { findConversation } from '../conversations/find-conversation.ts'
import { notesOf } from '../conversations/notes.ts'
import { liveBrand } from '../dispatches/brand-documents.ts'
import { localeOf } from '../dispatches/values.ts'
import { Impossible } from '../errors/errors.ts'
import { chooseLocale } from '../messages/locales.ts'
import { type Profile, waitsForUs } from '../profiles/profile.ts'
import { loadProfile } from '../profiles/store.ts'
import { readTimeline } from '../profiles/timeline.ts'
import type { TimelineRow } from '../profiles/timeline-row.ts'
import type { World } from '../world/world.ts'
import { showCustomer } from './customer.ts'
import { type Since, sinceLastContact } from './since-last-contact.ts'
import type { ThreadEntry } from './thread.ts'

type ViewWorld = Pick<World, 'table' | 'clock' | 'secrets'>

/** One thing said in a conversation, by her or by us, or among us; `at` is ISO 8601. */
export interface Word {
  readonly at: string
  readonly from: 'her' | 'us' | 'note'
  /** The agent or the journey, where it is not she. */
  readonly by?: string | undefined
  readonly channel?: string | undefined
  readonly text: string
  /** What became of an answer of ours, as its dispatch has it. */
  readonly state?: string | undefined
}

/** A conversation as an inbox lists it; times are ISO 8601. */
export function conversationLine({
  id,
  customer,
  state,
  team,
  agent,
  channel,
  preview,
  openedAt,
  inAt,
  outAt,
}: Conversation) {
  const since = iso(state === 'answered' ? outAt : inAt)
  return {
    id,
    customer,
    state,
    team,
    agent: agent === '' ? undefined : agent,
    channel,
    preview,
    openedAt: iso(openedAt),
    since,
  }
}

/** Everything that an agent needs to answer: what was said, who she is, and what has happened since we last spoke. */
export async function showConversation(world: ViewWorld, id: string) {
  const conversation = await findConversation(world, id)
  const profile = await loadProfile(world, conversation.customer)
  const shown = await showCustomer(world, { kind: 'customerId', value: conversation.customer })
  if (profile === undefined || shown === undefined)
    throw new Impossible('conversation.no-customer', 'A conversation has lost its customer.')
  const [rows, notes, brand] = await Promise.all([
    readTimeline(world, profile),
    notesOf(world, conversation),
    liveBrand(world),
  ])
  const { by, earlier, closedAt, closedBy, reason } = conversation
  const { identifiers, traits, consent, running } = shown.profile
  return {
    ...conversationLine(conversation),
    customer: profile.id,
    by,
    earlier,
    ...(closedAt === undefined ? {} : { closedAt: iso(closedAt), closedBy, reason }),
    mayMeanStop: mayMeanStop(conversation.preview ?? ''),
    words: wordsOf(id, rows, notes, statesOf(shown.thread)),
    since: sinceLastContact(shown.thread, lastContactBefore(conversation, rows)) satisfies Since,
    her: {
      identifiers,
      traits,
      consent,
      journeys: running,
      language: localeOf(profile),
      mutesMarketing: mutes(profile),
    },
    voice: { formOfAddress: formOfAddress(brand, localeOf(profile)), never: brand.voice.never },
  }
}

export type ConversationView = Awaited<ReturnType<typeof showConversation>>

function wordsOf(
  id: string,
  rows: readonly TimelineRow[],
  notes: Awaited<ReturnType<typeof notesOf>>,
  states: ReadonlyMap<string, string>,
): readonly Word[] {
  const said = rows
    .toReversed()
    .filter((row) => row.conversation === id)
    .flatMap((row) => wordOf(row, states))
  const noted = notes.map(({ at, by, text }): Word => ({ at: iso(at), from: 'note', by, text }))
  return [...said, ...noted].sort((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
}

function wordOf(
  { type, occurredAt, channel, properties }: TimelineRow,
  states: ReadonlyMap<string, string>,
): readonly Word[] {
  const { text = '', agent = '', dispatch = '' } = properties
  const word = { at: iso(occurredAt), channel, text: String(text) }
  if (type === 'message.answered') return [{ ...word, from: 'her' }]
  if (type !== 'conversation.answered') return []
  return [{ ...word, from: 'us', by: String(agent), state: states.get(String(dispatch)) }]
}

/** By dispatch. */
function statesOf(thread: readonly ThreadEntry[]): ReadonlyMap<string, string> {
  return new Map(thread.flatMap((entry) => (entry.kind === 'message' ? [[entry.dispatch, entry.state]] : [])))
}

/** When she or we last said something before this conversation; undefined where we never spoke. */
function lastContactBefore({ openedAt }: Conversation, rows: readonly TimelineRow[]): number | undefined {
  const spoke = ({ type, occurredAt }: TimelineRow): boolean =>
    occurredAt < openedAt && (type === 'message.answered' || type === 'conversation.answered')
  return rows.find(spoke)?.occurredAt
}

/** How the brand speaks to her, in her language. */
function formOfAddress({ voice, locales }: Brand, language: string | undefined): string | undefined {
  const locale = chooseLocale(language, Object.keys(voice.formOfAddress), locales)
  return locale === undefined ? undefined : voice.formOfAddress[locale]
}

function mutes({ conversations }: Profile): boolean {
  return Object.values(conversations).some((one) => one.mutes && waitsForUs(one))
}

function iso(instant: number): string {
  return new Date(instant).toISOString()
}
