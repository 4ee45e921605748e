import type { Purpose } from '#shared/brand/purposes.ts'
import { describeReason, type Reason } from '#shared/decisions/decision.ts'
import { ANSWER } from '#shared/dispatches/built-in-messages.ts'
import type { Dispatch } from '#shared/dispatches/dispatch-row.ts'
import { capitalised, type Moment, placeOf, spoken, spokenChannel, uncapitalised } from './moment.ts'
import { answerIn, quoteOf, type StoryFacts } from './story-facts.ts'
import { whenOf } from './wall-time.ts'

/** A message of ours with what was decided about it, and why. */
export function dispatchMoment(dispatch: Dispatch, facts: StoryFacts): Moment {
  const { id, state, sentAt, decidedAt, channel } = dispatch
  const base = { id: `dispatch-${id}`, at: sentAt ?? decidedAt, ...wordsOf(dispatch, facts) }
  if (sentAt !== undefined && channel !== undefined) return { ...base, place: placeOf(channel), tone: 'ours' }
  return { ...base, tone: state === 'held' && !isOver(dispatch, facts) ? 'held' : 'prevented' }
}

/** She has left the journey that the message belongs to. */
function isOver({ enrolment }: Dispatch, { runs }: StoryFacts): boolean {
  return runs.some(({ id, state }) => id === enrolment && state === 'ended')
}

type Words = Pick<Moment, 'title' | 'detail' | 'reasons'>

function wordsOf(dispatch: Dispatch, facts: StoryFacts): Words {
  const name = capitalised(spoken(dispatch.message))
  const { detail, because } = dispatch
  const tell: Readonly<Record<Dispatch['state'], () => Words>> = {
    claimed: () => ({ title: `${name} is on its way`, reasons: [] }),
    sent: () => sentWords(dispatch, facts),
    delivered: () => sentWords(dispatch, facts),
    held: () => ({ title: `${name} ${heldText(dispatch, facts)}`, reasons: reasonsOf(because, 'Held') }),
    skipped: () => ({ title: `${name} was skipped`, reasons: reasonsOf(because, 'Skipped') }),
    refused: () => ({
      title: `${name} was refused`,
      reasons: detail === undefined ? [] : [`The provider said: ${detail}`],
    }),
    uncertain: () => ({
      title: `${name} may or may not have gone out`,
      reasons: ['Nobody knows, so it is not sent a second time.'],
    }),
  }
  return tell[dispatch.state]()
}

function heldText(dispatch: Dispatch, facts: StoryFacts): string {
  if (isOver(dispatch, facts)) return 'was held, and will not go out any more'
  return `is held until ${whenOf(dispatch.until ?? facts.now, facts.zone, facts.now)}`
}

function sentWords({ id, message, channel = '', because, purpose }: Dispatch, facts: StoryFacts): Words {
  const { name, purposes } = facts.brand
  const against = because.filter(({ code }) => code !== 'may-send')
  const agent = answerIn(id, facts)?.properties.agent
  return {
    title: `${name} ${agent === undefined ? 'sends' : 'answers'} “${quoteOf(id, facts)}”`,
    detail: `${capitalised(agent === undefined ? spoken(message) : String(agent))}, by ${spokenChannel(channel)}`,
    reasons: [...reasonsOf(against, 'Held'), whySent(purposes[purpose], purpose, channel)],
  }
}

/** What it means that every gate let it pass; in the order in which they are asked. */
function whySent(rules: Purpose | undefined, purpose: string, channel: string): string {
  if (purpose === ANSWER) return 'Sent because she wrote first: an answer needs no consent, and keeps no hours.'
  if (rules === undefined || !rules.needsConsent)
    return `Sent because it is a ${purpose} message, which needs no consent.`
  const hour = rules.quietHours === undefined ? '' : ', it is not night where she is'
  return `Sent because she said yes to ${purpose} by ${spokenChannel(channel)}${hour}, and she has not had too much from us.`
}

/** A channel that refused is passed over, whatever became of the message. */
function reasonsOf(because: readonly Reason[], verb: 'Held' | 'Skipped'): readonly string[] {
  return because.map((reason) => {
    const sentence = uncapitalised(describeReason(reason))
    if (reason.channel === '' || reason.until !== undefined) return `${verb} because ${sentence}`
    return `Not by ${spokenChannel(reason.channel)} because ${sentence}`
  })
}
