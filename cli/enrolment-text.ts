import { styleText } from 'node:util'
import type { showEnrolment } from '#shared/insights/enrolment-view.ts'
import { onOneLine } from './display-width.ts'
import { attributeTexts, labelled } from './labelled.ts'
import { moment } from './moment.ts'

export type EnrolmentView = NonNullable<Awaited<ReturnType<typeof showEnrolment>>>

/** One run through a journey: where it stands, what let her in, and what became of its messages. */
export function enrolmentText(view: EnrolmentView, width: number): string {
  const { journey, version, run, state, reason, detail, entry, enteredAt, endedAt, endsBy, goalAt, stands } = view
  const why = [reason, detail].filter((part) => part !== undefined).join(': ')
  const facts = labelled(
    [
      ['Journey', `${journey}, version ${version}${run > 1 ? `, run ${run}` : ''}`],
      ['State', `${state}${why === '' ? '' : ` (${why})`}`],
      ['Customer', view.customer],
      ['Entered', `${momentOf(enteredAt)} by ${entry.type} on ${entry.channel}`],
      ['Entry', attributeTexts(entry.properties)],
      ['Stands', stands && standsText(stands)],
      ['Waits until', state === 'running' ? untilText(view) : undefined],
      ['Webhooks', view.calls.map(callText)],
      ['Saved', view.saved && attributeTexts(view.saved)],
      ['Goal', momentOf(goalAt)],
      ['Ended', momentOf(endedAt)],
      ['Ends by', state === 'ended' ? undefined : momentOf(endsBy)],
    ],
    width,
  )
  return [facts, ...view.messages.map(messageText)].join('\n\n')
}

function messageText({ step, message, state, channel, decidedAt, reasons }: EnrolmentView['messages'][number]): string {
  const by = channel === undefined ? '' : ` by ${channel}`
  const head = `${styleText('bold', message)} ${state}${by}, ${momentOf(decidedAt)}  ${styleText('dim', step)}`
  return [head, ...reasons.map((reason) => styleText('dim', `  ${onOneLine(reason)}`))].join('\n')
}

/** "wait 3 days, until 13 Mar 10:00, then send hello" */
function standsText({ doing, since, until, then, parked }: NonNullable<EnrolmentView['stands']>): string {
  if (parked) return `held at "${doing}" while the journey is paused`
  if (until === undefined) return `${doing}, since ${momentOf(since)}`
  return `${doing}, until ${momentOf(until)}${then === undefined ? '' : `, then ${then}`}`
}

function untilText({ waitingUntil }: EnrolmentView): string | undefined {
  return waitingUntil?.outcome === 'wait' ? `${momentOf(waitingUntil.at)} (${waitingUntil.detail})` : undefined
}

function callText({ step, outcome, status, reason }: EnrolmentView['calls'][number]): string {
  return `${step} ${outcome} ${reason ?? status}`
}

function momentOf(iso: string | undefined): string | undefined {
  return iso === undefined ? undefined : moment(iso)
}
