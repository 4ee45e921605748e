import { styleText } from 'node:util'
import type { Refusal } from '#local/preview/refusal.ts'
import type { ActMoment, MessageView, Moment, Preview, RunMoment, StepMoment } from '#local/preview/tell-preview.ts'
import { explanationLines } from './explanation-lines.ts'
import { attributeTexts } from './labelled.ts'
import { TimelinePage } from './timeline-page.ts'
import { wrapText } from './wrap-text.ts'

const WIDEST = 80

/** A journey as one person would have it: a block for each step, in her local time. */
export function previewText(preview: Preview, terminal: number): string {
  const { journey, name, customer, zone, entry, refusal, moments, notes } = preview
  const width = Math.min(terminal, WIDEST)
  const page = new TimelinePage(zone, width)
  page.heading(entry.at, `${entry.type} on ${entry.channel}`)
  if (Object.keys(entry.properties).length > 0) page.line(particulars(entry.properties), { style: 'dim' })
  if (refusal !== undefined) tellRefusal(page, refusal)
  for (const moment of moments) tell(page, moment, journey)
  const title = `${styleText('bold', `${journey} for ${name ?? customer}`)}  ${styleText('dim', `times in ${zone}`)}`
  const remarks = notes.flatMap((note) => wrapText(note, width)).map((line) => styleText('dim', line))
  return [title, '', ...page.lines, ...(remarks.length === 0 ? [] : ['', ...remarks])].join('\n')
}

function tellRefusal(page: TimelinePage, { reason, lines }: Refusal): void {
  page.line(`She does not enter: ${reason}.`, { style: 'yellow' })
  for (const line of lines) page.add(explanationLines(line))
}

function tell(page: TimelinePage, moment: Moment, journey: string): void {
  if (moment.kind === 'step') tellStep(page, moment)
  else if (moment.kind === 'touchpoint') tellAct(page, moment)
  else tellRun(page, moment, journey)
}

function tellStep(page: TimelinePage, { at, until, does, path, asked, calls, messages }: StepMoment): void {
  page.heading(at, does)
  for (const line of asked) page.add(explanationLines(line))
  for (const call of calls) page.line(`would call ${call}`, { style: 'dim' })
  for (const message of messages) tellMessage(page, message)
  const lasts = until !== undefined && until !== at ? `until ${page.moment(until)}` : undefined
  const way = [lasts, path === undefined ? undefined : `→ ${path}`].filter((part) => part !== undefined)
  if (way.length > 0) page.line(way.join(' '), { style: 'cyan' })
}

function tellMessage(page: TimelinePage, { state, at, channel, reasons, content }: MessageView): void {
  const isSent = state === 'sent' || state === 'delivered'
  const by = channel === undefined ? '' : ` by ${channel}`
  page.line(isSent ? `sent${by}, ${page.moment(at)}` : `${state}${by}`, {
    mark: isSent ? '» ' : '✗ ',
    style: isSent ? 'green' : 'yellow',
  })
  for (const reason of reasons) page.line(reason, { mark: '  ', style: 'dim' })
  if (content !== undefined) page.quote(readable(content))
}

/** What she has before her: a heading, where the channel has one, and the words. */
function readable({ subject, title, body, text }: Readonly<Record<string, unknown>>): string {
  return [subject ?? title, body ?? text].filter((part) => typeof part === 'string').join('\n')
}

function tellAct(page: TimelinePage, { at, type, channel, properties, traits = {} }: ActMoment): void {
  page.heading(at, channel === 'journey' ? `· ${type}` : `· ${type} on ${channel}`, 'cyan')
  const telling = type.startsWith('message.')
    ? Object.fromEntries(Object.entries(properties).filter(([name]) => TELLING.has(name)))
    : properties
  const all = { ...telling, ...traits }
  if (Object.keys(all).length > 0) page.line(particulars(all), { style: 'dim' })
}

/** Feedback on a message carries many ids of ours. */
const TELLING = new Set(['message', 'link', 'text', 'permanent'])

function tellRun(page: TimelinePage, { kind, at, journey, reason }: RunMoment, own: string): void {
  const whose = journey === own ? 'the journey' : journey
  if (kind === 'goal') page.heading(at, `★ the goal of ${whose} is reached`, 'green')
  else if (kind === 'ended') page.heading(at, `■ ${whose} ends: ${reason}`, 'bold')
  else if (journey !== own) page.heading(at, `→ ${journey} begins`, 'cyan')
}

function particulars(attributes: Readonly<Record<string, unknown>>): string {
  return attributeTexts(attributes).join(' · ')
}
