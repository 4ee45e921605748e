import { createHash } from 'node:crypto'
import { keywordOn } from '../channels/sms/keywords.ts'
import { type OpenConversation, type Profile, waitsForUs } from '../profiles/profile.ts'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import type { Json, Write } from '../world/table.ts'
import { closingWrites, conversationWrites, currentConversation, lastWordAt, whereaboutsKey } from './conversation.ts'
import { noteItem } from './notes.ts'
import { isThanks } from './thanks.ts'

/** What a touchpoint means for her conversations. */
export interface Talk {
  readonly profile: Profile
  /** With the conversation that it belongs to. */
  readonly touchpoint: Touchpoint
  readonly writes: readonly Write[]
  /** The beginning of a conversation, where her message needs one. */
  readonly opening?: Touchpoint | undefined
}

interface Context {
  /** After so long without a word it is closed (ms). */
  readonly idle: number
  readonly now: number
}

export const OPENED = 'conversation.opened'
export const MOVED = 'conversation.moved'
export const ANSWERED = 'conversation.answered'
export const CLOSED = 'conversation.closed'

/** Ids have no hyphen in front, so that a command takes them for what they are. */
export function conversationId(...parts: readonly (string | number)[]): string {
  return `cnv_${createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16)}`
}

/** True for what she wrote to us: then somebody may have to answer. */
export function isWord({ type, properties }: Pick<Touchpoint, 'type' | 'properties'>): boolean {
  return type === 'message.answered' && typeof properties.text === 'string' && properties.text.trim() !== ''
}

/** True for touchpoints that `converse` has something to do with. */
export function concernsConversations(touchpoint: Touchpoint): boolean {
  return touchpoint.mode === 'live' && (touchpoint.type.startsWith('conversation.') || isWord(touchpoint))
}

/**
 * Her conversations after a touchpoint. What she writes goes on in the one that is open, and opens one where none is;
 * a keyword, a mail program's own answer and a mere "Thanks!" need nobody.
 */
export function converse(profile: Profile, touchpoint: Touchpoint, context: Context): Talk {
  switch (touchpoint.type) {
    case OPENED:
    case MOVED:
      return begin(profile, touchpoint, context)
    case ANSWERED:
      return answer(profile, touchpoint, context)
    case CLOSED:
      return close(profile, touchpoint, context)
    default:
      return isWord(touchpoint) ? listen(profile, touchpoint, context) : { profile, touchpoint, writes: [] }
  }
}

/** Something was said after what whoever closes has seen: it must not be hidden in a closed conversation. */
export function isOutdated({ conversations }: Profile, { type, conversation, properties }: Touchpoint): boolean {
  const open = conversations[conversation ?? '']
  if (type !== CLOSED || open === undefined || typeof properties.silentSince !== 'number') return false
  return lastWordAt(open) > properties.silentSince
}

function listen(profile: Profile, touchpoint: Touchpoint, context: Context): Talk {
  const { properties, channel, occurredAt } = touchpoint
  const text = String(properties.text)
  const id = currentConversation(profile)
  const open = id === undefined ? undefined : profile.conversations[id]
  if (keywordOn(channel, text) !== undefined || properties.automatic === true)
    return { profile, touchpoint: { ...touchpoint, conversation: id }, writes: [] }
  if (id === undefined || open === undefined)
    return isThanks(text) ? { profile, touchpoint, writes: [] } : openWith(profile, touchpoint)
  const isLater = occurredAt >= open.inAt
  const next = {
    ...open,
    ...(isThanks(text) ? {} : { inAt: heardAt(open, occurredAt) }),
    ...(isLater ? { channel } : {}),
  }
  return {
    profile: withConversation(profile, id, next),
    touchpoint: { ...touchpoint, conversation: id },
    writes: conversationWrites(profile.id, id, next, {
      idle: context.idle,
      ...(isLater ? { preview: cut(text) } : {}),
    }),
  }
}

/** What comes in after our answer nobody has read, though she may have written it before. */
function heardAt(open: OpenConversation, occurredAt: number): number {
  return waitsForUs(open) ? Math.max(open.inAt, occurredAt) : Math.max(open.outAt + 1, occurredAt)
}

/** Her message is the first word of a conversation, which is recorded after it. */
function openWith(profile: Profile, message: Touchpoint): Talk {
  const { channel, occurredAt, recordedAt, properties } = message
  const id = conversationId(message.id, occurredAt)
  const opening: Touchpoint = {
    id: `opened-${id}`,
    type: OPENED,
    occurredAt,
    recordedAt,
    timed: true,
    channel,
    direction: 'in',
    identifiers: { customerId: profile.id },
    properties: { by: 'message', preview: cut(String(properties.text)) },
    conversation: id,
    causedBy: message.id,
    depth: message.depth,
    mode: 'live',
    source: 'conversations',
  }
  return { profile, touchpoint: { ...message, conversation: id }, writes: [], opening }
}

/** A conversation that is open already goes to the team that it is handed over to. */
function begin(profile: Profile, touchpoint: Touchpoint, { idle }: Context): Talk {
  const { occurredAt, properties, conversation: id } = touchpoint
  if (id === undefined) return { profile, touchpoint, writes: [] }
  const open = profile.conversations[id]
  const before = open ?? blank(touchpoint)
  const next: OpenConversation = {
    ...before,
    // Whoever waits already keeps her place.
    inAt: waitsForUs(before) ? before.inAt : Math.max(before.inAt, occurredAt),
    mutes: typeof properties.mute === 'boolean' ? properties.mute : before.mutes,
    team: textIn(properties.team) ?? before.team,
  }
  const told = {
    agent: '',
    ...previewOf(touchpoint),
    ...(open === undefined ? originOf(touchpoint) : {}),
    ...runOf(touchpoint),
  }
  const home = next.home ?? profile.id
  return {
    profile: withConversation(profile, id, next),
    touchpoint,
    writes: [
      ...conversationWrites(profile.id, id, next, { ...told, idle }),
      { put: { ...whereaboutsKey(id), customer: home } },
      ...noteOf(touchpoint, home, id),
    ],
  }
}

/** `from` says where she was when a journey hands her over. */
function blank({ occurredAt, channel, properties }: Touchpoint): OpenConversation {
  return { openedAt: occurredAt, inAt: 0, outAt: 0, channel: textIn(properties.from) ?? channel, mutes: true }
}

function originOf({ properties }: Touchpoint) {
  return { by: textIn(properties.by) ?? 'message', earlier: textIn(properties.earlier) ?? null }
}

/** The run that handed it over may move it on to another team. */
function runOf({ source, causedBy }: Touchpoint) {
  return source === 'journey' ? { enrolment: causedBy } : {}
}

function previewOf({ properties }: Touchpoint) {
  const preview = textIn(properties.note) ?? textIn(properties.preview)
  return preview === undefined ? {} : { preview: cut(preview) }
}

function noteOf({ id, occurredAt: at, properties }: Touchpoint, home: string, conversation: string): readonly Write[] {
  const text = textIn(properties.note)
  if (text === undefined) return []
  return [{ put: noteItem(home, conversation, { id, at, text, by: textIn(properties.by) ?? '' }) }]
}

function answer(profile: Profile, touchpoint: Touchpoint, { idle }: Context): Talk {
  const { conversation: id = '', occurredAt } = touchpoint
  const open = profile.conversations[id]
  if (open === undefined) return { profile, touchpoint, writes: [] }
  const next = { ...open, outAt: Math.max(open.outAt, occurredAt) }
  return {
    profile: withConversation(profile, id, next),
    touchpoint,
    writes: conversationWrites(profile.id, id, next, { idle }),
  }
}

function close(profile: Profile, touchpoint: Touchpoint, { now }: Context): Talk {
  const { conversation: id = '', properties } = touchpoint
  const { [id]: open, ...others } = profile.conversations
  if (open === undefined) return { profile, touchpoint, writes: [] }
  const ending = { closedAt: now, closedBy: textIn(properties.agent), reason: textIn(properties.reason) }
  return {
    profile: { ...profile, conversations: others },
    touchpoint,
    writes: closingWrites(open.home ?? profile.id, id, ending),
  }
}

function withConversation(profile: Profile, id: string, conversation: OpenConversation): Profile {
  return { ...profile, conversations: { ...profile.conversations, [id]: conversation } }
}

const LONGEST_PREVIEW = 140

/** As much of a text as an inbox shows. */
function cut(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length <= LONGEST_PREVIEW ? line : `${line.slice(0, LONGEST_PREVIEW - 1)}…`
}

function textIn(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
