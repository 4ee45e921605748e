import { describeReason, type ReasonCode } from '#shared/decisions/decision.ts'
import type { Dispatch } from '#shared/dispatches/dispatch-row.ts'
import type { Enrolment } from '#shared/journeys/runs/enrolment.ts'
import type { Profile } from '#shared/profiles/profile.ts'
import type { DeadLetter } from '#shared/recording/doors/dead-letters.ts'
import { describeDuration } from '#shared/time/duration.ts'
import { columns, count, euros } from './columns.ts'
import { countBy, type Tally } from './tally.ts'

/** The day in figures, for a person to read; all of them are the system's own. @param accepted events that the bus took. */
export function summarise(accepted: number, tally: Tally): string {
  const sections = [
    ['What came in', cameIn(accepted, tally)],
    ['Who it was', customers(tally)],
    ['Journeys', journeys(tally)],
    ['Messages', messages(tally)],
    ['Conversations', conversations(tally)],
    ['Held until later', reasons(tally, 'held')],
    ['Not sent at all', reasons(tally, 'skipped')],
  ]
  return sections.map(([title, body]) => `${title}\n${body}`).join('\n\n')
}

function cameIn(accepted: number, { counters, own, deadLetters }: Tally): string {
  const recorded = counters.touchpoints ?? 0
  const byChannel = Object.entries(counters).flatMap(([name, value]) =>
    name.startsWith('touchpoints.') ? [[name.slice(12), value] as const] : [],
  )
  const channels = byChannel
    .toSorted(([, one], [, other]) => other - one)
    .map(([name, value]) => `${name} ${count(value)}`)
  const foundLater = deadLetters.filter((letter) => !wasRefused(letter))
  const figures = columns([
    ['touchpoints recorded', recorded, channels.join(', ')],
    ['of these our own', own, 'what journeys, segments and conversations did'],
    ['came twice, kept once', accepted - (recorded - own) - foundLater.length],
    [
      'dead letters',
      deadLetters.length,
      `${deadLetters.length - foundLater.length} refused over HTTP, ${foundLater.length} found on the bus:`,
    ],
  ])
  return [figures, ...deadLetters.map(({ reason }) => `    ${reason}`)].join('\n')
}

/** The HTTP API tells the sender at once, and puts nothing on the bus. */
function wasRefused({ event }: DeadLetter): boolean {
  return (event as { readonly source?: unknown }).source === 'http'
}

function customers({ profiles, counters }: Tally): string {
  const alive = profiles.filter(({ mergedInto }) => mergedInto === undefined)
  const named = alive.filter((profile) => isNamed(profile))
  return columns([
    ['customers known by name', named.length],
    ['visitors still anonymous', alive.length - named.length],
    ['turned out to be the same', profiles.length - alive.length, 'two records became one'],
    ['conflicts', counters['customers.conflict'] ?? 0, 'identifiers of two people in one event; nothing was joined'],
  ])
}

function isNamed({ identifiers }: Profile): boolean {
  return ['userId', 'loyaltyCard', 'email', 'phone'].some((kind) => Object.hasOwn(identifiers, kind))
}

function journeys({ enrolments }: Tally): string {
  const head = ['', 'entered', 'completed', 'exited', 'held out', 'still in', 'goals', 'worth', 'other endings']
  return columns([head, ...countBy(enrolments, ({ journey }) => journey).map(([name, runs]) => journeyRow(name, runs))])
}

function journeyRow(name: string, runs: readonly Enrolment[]): readonly (string | number)[] {
  const ended = runs.filter(({ state }) => state === 'ended')
  const byReason = new Map(countBy(ended, ({ reason = '' }) => reason.replaceAll('-', ' ')))
  const usual = ['completed', 'exited', 'holdout']
  const others = [...byReason]
    .filter(([reason]) => !usual.includes(reason))
    .map(([reason, list]) => `${list.length} ${reason}`)
  const goals = runs.filter(({ goalAt }) => goalAt !== undefined)
  const worth = goals.reduce((sum, { goalValue = 0 }) => sum + goalValue, 0)
  return [
    name,
    runs.length,
    ...usual.map((reason) => byReason.get(reason)?.length ?? 0),
    runs.length - ended.length,
    goals.length,
    worth === 0 ? '' : euros(worth),
    others.join(', '),
  ]
}

function conversations({ conversations: all }: Tally): string {
  const answered = all.filter(({ outAt }) => outAt > 0)
  const waits = answered.map(({ openedAt, outAt }) => outAt - openedAt).sort((one, other) => one - other)
  const median = waits[Math.floor(waits.length / 2)]
  const open = all.filter(({ state }) => state !== 'closed')
  return columns([
    [
      'opened',
      all.length,
      countBy(all, ({ by }) => by)
        .map(([by, list]) => `${list.length} by ${by}`)
        .join(', '),
    ],
    ['answered', answered.length, median === undefined ? '' : `half of them within ${describeDuration(median)}`],
    ['closed', all.length - open.length],
    ['still open', open.length],
  ])
}

const REACTIONS = ['openedAt', 'clickedAt', 'answeredAt', 'bouncedAt', 'complainedAt'] as const

function messages({ dispatches }: Tally): string {
  const sent = dispatches.filter(({ sentAt }) => sentAt !== undefined)
  const rows = countBy(sent, ({ message, channel = '' }) => `${message} by ${channel}`)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, list]) => messageRow(name, list))
  const head = ['', 'sent', 'opened', 'clicked', 'answered', 'bounced', 'complained']
  return columns([head, ...rows, messageRow('in all', sent)])
}

function messageRow(name: string, list: readonly Dispatch[]): readonly (string | number)[] {
  return [name, list.length, ...REACTIONS.map((when) => list.filter((dispatch) => dispatch[when] !== undefined).length)]
}

/** From the counters, since a message that was held first and then sent does not show it any more. */
function reasons({ counters }: Tally, outcome: 'held' | 'skipped'): string {
  const rows = Object.entries(counters)
    .filter(([name]) => name.startsWith(`${outcome}.`))
    .sort(([, one], [, other]) => other - one)
    // The counters are named by the codes of reasons.
    .map(([name, value]) => [value, describeReason({ code: name.slice(outcome.length + 1) as ReasonCode })])
  return columns(rows)
}
