import { createHash } from 'node:crypto'
import { isChannel } from '../../channels/catalog.ts'
import { CHANNEL_NAMES } from '../../channels/senders.ts'
import { type Answer, answerItem, answerKey, readAnswer } from '../../conversations/answer-row.ts'
import { claimConversation, requireOpen } from '../../conversations/claim.ts'
import type { Conversation } from '../../conversations/conversation.ts'
import { findConversation } from '../../conversations/find-conversation.ts'
import { liveBrand } from '../../dispatches/brand-documents.ts'
import { ANSWER } from '../../dispatches/built-in-messages.ts'
import { dispatchKey, readDispatch } from '../../dispatches/dispatch-row.ts'
import { Impossible, InvalidInput } from '../../errors/errors.ts'
import { PICK_UP_AFTER } from '../../journeys/runs/enrolment.ts'
import { type Profile, traitOf } from '../../profiles/profile.ts'
import { loadProfile } from '../../profiles/store.ts'
import { readTimeline } from '../../profiles/timeline.ts'
import type { Json } from '../../world/table.ts'
import { type Answered, type AnswerWorld, answeredView, sendAnswer } from './send-answer.ts'

export interface ReplyRequest {
  readonly conversation: string
  /** The caller's own id of this reply: the same one again sends nothing more. */
  readonly reply: string
  readonly agent: string
  readonly text: string
  /** Else what she prefers, or where she wrote last. */
  readonly channel?: string | undefined
}

/**
 * Answers her in a conversation that the agent has, or that nobody has. What cannot go out says why; it is never held
 * by quiet hours or caps, since she has written first, but what she has stopped stays stopped.
 * @throws Conflict when somebody else has the conversation, or it is closed
 */
export async function reply(world: AnswerWorld, request: ReplyRequest): Promise<Answered> {
  const conversation = await findConversation(world, request.conversation)
  const { customer } = conversation
  const id = replyId(request)
  const [before, underWay] = await world.table.getMany([dispatchKey(customer, id), answerKey(customer, id)])
  if (before !== undefined && underWay === undefined) {
    const dispatch = readDispatch(before)
    requireSame(request, dispatch.values?.entry)
    return answeredView(dispatch)
  }
  if (underWay !== undefined) {
    const answer = readAnswer(underWay)
    requireSame(request, answer.entry)
    return sendAnswer(world, answer)
  }
  requireOpen(conversation)
  requireChannel(request.channel)
  await claimConversation(world, request.conversation, request)
  const answer = await answerOf(world, id, conversation, request)
  const put = answerItem(answer, world.clock.now() + PICK_UP_AFTER)
  const { committed } = await world.table.write([{ put, when: 'absent' }])
  return committed ? sendAnswer(world, answer) : reply(world, request)
}

function replyId({ conversation, reply: own }: ReplyRequest): string {
  return `rpl_${createHash('sha256').update(`${conversation}\n${own}`).digest('hex').slice(0, 20)}`
}

/** @param entry what the earlier reply with this id was made from; a skipped one kept nothing */
function requireSame({ text }: ReplyRequest, entry: Json | undefined): void {
  const { text: earlier = text } = (entry ?? {}) as { text?: string }
  if (earlier !== text)
    throw new InvalidInput('reply.other-text', 'This reply id stands for another text already; take a new one.')
}

function requireChannel(channel: string | undefined): void {
  if (channel !== undefined && !isChannel(channel))
    throw new InvalidInput(
      'reply.no-channel',
      `There is no channel "${channel}"; there are ${CHANNEL_NAMES.join(', ')}.`,
    )
}

async function answerOf(
  world: AnswerWorld,
  id: string,
  { customer, id: conversation, channel, openedAt }: Conversation,
  { agent, text, channel: chosen }: ReplyRequest,
): Promise<Answer> {
  const profile = await loadProfile(world, customer)
  if (profile === undefined) throw new Impossible('answer.no-customer', 'A conversation has lost its customer.')
  const lines = text.split(/\n+/).filter((line) => line.trim() !== '')
  const thread = await emailThread(world, profile, openedAt)
  return {
    id,
    customer,
    message: 'reply',
    purpose: ANSWER,
    channels: chosen === undefined ? channelsFor(profile, channel) : [chosen],
    entry: { text, lines, ...thread },
    agent,
    conversation,
  }
}

/** What she prefers, where she wrote last, and whatever else reaches her. */
function channelsFor(profile: Profile, last: string): readonly string[] {
  const preferred = traitOf(profile, 'preferredChannel')
  return [...new Set([preferred, last, ...CHANNEL_NAMES])].filter(
    (name): name is string => typeof name === 'string' && isChannel(name),
  )
}

/** Her mail program is to put the answer where it belongs: below what she wrote, under the same subject. */
async function emailThread(world: AnswerWorld, profile: Profile, sinceAt: number): Promise<Answer['entry']> {
  const rows = await readTimeline(world, profile, { sinceAt, limit: 100 })
  const hers = rows.find(({ type, channel }) => type === 'message.answered' && channel === 'email')?.properties ?? {}
  const { name } = await liveBrand(world)
  const subject = typeof hers.subject === 'string' && hers.subject !== '' ? hers.subject : name
  const messageId =
    typeof hers.messageId === 'string' ? hers.messageId.replace(/^<?([^<>\s]+@[^<>\s]+)>?$/, '<$1>') : ''
  return { subject: /^re:/i.test(subject) ? subject : `Re: ${subject}`, in_reply_to: messageId }
}
