import type { Purpose } from '#shared/brand/purposes.ts'
import { describeReason, type Reason } from '#shared/decisions/decision.ts'
import type { Dispatch } from '#shared/dispatches/dispatch-row.ts'
import { capitalised, type Moment, placeOf, spoken, uncapitalised } from './moment.ts'
import type { StoryFacts } from './story-facts.ts'
import { whenOf } from './wall-time.ts'

/** A message of ours with what was decided about it, and why. */
export function dispatchMoment(dispatch: Dispatch, facts: StoryFacts): Moment {
  const { id, sentAt, decidedAt, channel } = dispatch
  const went = sentAt !== undefined
  return {
    id: `dispatch-${id}`,
    at: sentAt ?? decidedAt,
    ...(went && channel !== undefined
      ? { place: placeOf(channel), tone: 'ours' }
      : { tone: dispatch.state === 'held' ? 'held' : 'prevented' }),
    ...wordsOf(dispatch, facts),
  }
}

type Words = Pick<Moment, 'title' | 'detail' | 'reasons'>

function wordsOf(dispatch: Dispatch, facts: StoryFacts): Words {
  const name = capitalised(spoken(dispatch.message))
  const { until = facts.now, detail } = dispatch
  const tell: Readonly<Record<Dispatch['state'], () => Words>> = {
    claimed: () => ({ title: `${name} is on its way`, reasons: [] }),
    sent: () => sentWords(dispatch, facts),
    delivered: () => sentWords(dispatch, facts),
    held: () => ({
      title: `${name} is held until ${whenOf(until, facts.zone, facts.now)}`,
      reasons: refusals(dispatch.because, 'Held'),
    }),
    skipped: () => ({ title: `${name} was not sent`, reasons: refusals(dispatch.because, 'Skipped') }),
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

function sentWords({ id, message, channel = '', because, purpose }: Dispatch, { messages, brand }: StoryFacts): Words {
  const content = messages.find(({ dispatch }) => dispatch === id)?.content ?? {}
  const said = content.title ?? content.subject ?? content.text
  const refused = because.filter(({ code }) => code !== 'may-send')
  return {
    title: `${brand.name} sends “${typeof said === 'string' ? said : spoken(message)}”`,
    detail: `${capitalised(spoken(message))}, by ${channel}`,
    reasons: [
      ...refused.map((reason) => `Not by ${reason.channel}: ${uncapitalised(describeReason(reason))}`),
      whySent(brand.purposes[purpose], purpose, channel),
    ],
  }
}

/** What it means that every gate let it pass; in the order in which they are asked. */
function whySent(rules: Purpose | undefined, purpose: string, channel: string): string {
  if (rules === undefined || !rules.needsConsent)
    return `Sent because it is a ${purpose} message, which needs no consent.`
  const hour = rules.quietHours === undefined ? '' : ', it is not night where she is'
  return `Sent because she said yes to ${purpose} by ${channel}${hour}, and she has not had too much from us.`
}

/** Once per reason: the same one often holds for several channels. */
function refusals(because: readonly Reason[], verb: 'Held' | 'Skipped'): readonly string[] {
  const channelsBySentence = Map.groupBy(because, (reason) => uncapitalised(describeReason(reason)))
  return [...channelsBySentence].map(([sentence, reasons]) => {
    const channels = [...new Set(reasons.map(({ channel }) => channel))].filter((channel) => channel !== '')
    const by = channels.length === 0 ? '' : ` by ${channels.join(' and ')}`
    return `${verb}${by} because ${sentence}`
  })
}
