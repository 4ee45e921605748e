import { EmailContent } from '#shared/channels/email/email.ts'
import { PushContent } from '#shared/channels/push/push.ts'
import { SmsContent } from '#shared/channels/sms/sms.ts'
import { isChannelStopped } from '#shared/profiles/consent.ts'
import { identifierOf, traitOf } from '#shared/profiles/profile.ts'
import { type Care, careOf } from './care.ts'
import { conversationMoment } from './conversation-moment.ts'
import { dispatchMoment } from './dispatch-moment.ts'
import { type Guide, guideOf } from './guide.ts'
import type { Moment } from './moment.ts'
import { runMoments } from './run-moments.ts'
import { nextWakeAt, type StoryFacts } from './story-facts.ts'
import { touchpointMoment } from './touchpoint-moment.ts'
import { type Waiting, waitingsOf } from './waiting.ts'

interface Received {
  /** Of the message in the outbox. */
  readonly id: string
  readonly at: number
  readonly isOpened: boolean
}

export type Push = Received & Pick<PushContent, 'title' | 'body'>

export type Mail = Received & Pick<EmailContent, 'from' | 'subject' | 'html'>

/** One line of the SMS thread, hers or ours. */
export interface Text {
  readonly id: string
  readonly at: number
  readonly isHers: boolean
  readonly text: string
}

/** The story as the page shows it. */
export interface Story {
  readonly now: number
  readonly zone: string
  readonly brand: string
  readonly name: string
  /** What she is known by, over all channels. */
  readonly knownBy: readonly string[]
  readonly points?: number | undefined
  /** Oldest first. */
  readonly moments: readonly Moment[]
  readonly waitings: readonly Waiting[]
  readonly wakesAt?: number | undefined
  /** Newest first. */
  readonly pushes: readonly Push[]
  /** Oldest first. */
  readonly texts: readonly Text[]
  /** Newest first. */
  readonly mails: readonly Mail[]
  readonly allowsPush: boolean
  readonly hasStopped: boolean
  /** The conversation that is open, as whoever looks after it sees it. */
  readonly care?: Care | undefined
  readonly guide: Guide
}

/** Everything the page says, from everything that is known. */
export function tellStory(facts: StoryFacts): Story {
  const { now, zone, brand, profile } = facts
  const name = traitOf(profile, 'firstName')
  const points = traitOf(profile, 'points')
  return {
    now,
    zone,
    brand: brand.name,
    name: typeof name === 'string' ? name : 'She',
    knownBy: (['email', 'phone', 'loyaltyCard'] as const).flatMap((kind) => identifierOf(profile, kind) ?? []),
    points: typeof points === 'number' ? points : undefined,
    moments: momentsOf(facts),
    waitings: waitingsOf(facts),
    wakesAt: nextWakeAt(facts),
    ...messagesOf(facts),
    allowsPush: Object.values(profile.pushDevices).some(([isValid]) => isValid),
    hasStopped: isChannelStopped(profile.consent, 'sms'),
    care: careOf(facts),
    guide: guideOf(facts),
  }
}

function momentsOf(facts: StoryFacts): readonly Moment[] {
  const { touchpoints, runs, dispatches } = facts
  const { message = [], conversation = [], other = [] } = Object.groupBy(touchpoints, ({ type }) => kindOf(type))
  // At the same instant, what she did comes before what it led to, and a message before what she does with it.
  return [
    ...other.flatMap((row) => touchpointMoment(row, facts) ?? []),
    ...runs.flatMap((run) => runMoments(run, facts)),
    ...dispatches.map((dispatch) => dispatchMoment(dispatch, facts)),
    ...conversation.flatMap((row) => conversationMoment(row, facts) ?? []),
    ...message.flatMap((row) => touchpointMoment(row, facts) ?? []),
  ].sort((a, b) => a.at - b.at)
}

function kindOf(type: string): 'message' | 'conversation' | 'other' {
  if (type.startsWith('message.')) return 'message'
  return type.startsWith('conversation.') ? 'conversation' : 'other'
}

function messagesOf({ messages, dispatches, touchpoints }: StoryFacts): Pick<Story, 'pushes' | 'texts' | 'mails'> {
  const opened = new Set(
    dispatches.filter(({ openedAt, clickedAt }) => (openedAt ?? clickedAt) !== undefined).map(({ id }) => id),
  )
  const received = messages.map(({ id, at, dispatch, content }) => ({
    id,
    at,
    isOpened: opened.has(dispatch),
    content,
  }))
  const pushes = received.flatMap(({ content, ...message }) => withContent(PushContent.safeParse(content), message))
  const mails = received.flatMap(({ content, ...message }) => withContent(EmailContent.safeParse(content), message))
  const ours = received.flatMap(({ content, id, at }) =>
    withContent(SmsContent.safeParse(content), { id, at, isHers: false }),
  )
  const answers = touchpoints.filter(({ type, channel }) => type === 'message.answered' && channel === 'sms')
  const hers = answers.map(({ id, occurredAt, properties }) => ({
    id,
    at: occurredAt,
    isHers: true,
    text: String(properties.text ?? ''),
  }))
  return {
    pushes: pushes.toReversed(),
    mails: mails.toReversed(),
    texts: [...ours, ...hers].sort((a, b) => a.at - b.at),
  }
}

/** None where the message is of another channel. */
function withContent<C, M>(
  parsed: { readonly success: true; readonly data: C } | { readonly success: false },
  message: M,
): readonly (M & C)[] {
  return parsed.success ? [{ ...parsed.data, ...message }] : []
}
