import { CLOSED, MOVED, OPENED } from '#shared/conversations/converse.ts'
import type { TimelineRow } from '#shared/profiles/timeline-row.ts'
import { capitalised, type Moment, spoken } from './moment.ts'
import type { StoryFacts } from './story-facts.ts'

/** What becomes of a conversation with us; undefined for what is said in it, which is told as her word or our message. */
export function conversationMoment(row: TimelineRow, { conversations }: StoryFacts): Moment | undefined {
  const { id, type, occurredAt, properties, conversation } = row
  const base = { id: `touchpoint-${id}`, at: occurredAt, tone: 'quiet' } as const
  const team = typeof properties.team === 'string' ? spoken(properties.team) : undefined
  if (type === CLOSED) return { ...base, ...closingWords(properties), reasons: [] }
  if (type === MOVED) return { ...base, title: `Handed over to ${team ?? 'others'}`, reasons: [] }
  if (type !== OPENED) return undefined
  const mutes = conversations.some((one) => one.id === conversation && one.mutes)
  return {
    ...base,
    title: team === undefined ? 'Waits for an answer of ours' : `Handed over to ${team}`,
    reasons: mutes ? ['Marketing is muted until she has an answer.'] : [],
  }
}

function closingWords({ agent, reason }: TimelineRow['properties']): Pick<Moment, 'title' | 'detail'> {
  if (typeof agent !== 'string') return { title: 'The conversation was closed: nobody said anything for long' }
  return { title: `${capitalised(agent)} closed the conversation`, detail: capitalised(String(reason ?? '')) }
}
