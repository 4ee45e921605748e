import type { BrandFolder } from '#shared/journeys/folder/brand-folder.ts'
import { describeDuration } from '#shared/time/duration.ts'
import { isSent } from './every-way.ts'
import type { Person } from './person.ts'
import { type PreviewRequest, preview } from './preview.ts'
import type { MessageView, Preview } from './tell-preview.ts'

/** Somebody, and how she is called in what is told of her. */
export interface Subject {
  readonly name: string
  readonly person: Person
}

/** What would be another for some customers; `what` goes on after "would". */
export interface Difference {
  readonly what: string
  readonly customers: readonly string[]
}

export interface Comparison {
  readonly customers: number
  /** For how many nothing would be another. */
  readonly same: number
  /** What concerns most of them first. */
  readonly differences: readonly Difference[]
}

interface Compared extends Omit<PreviewRequest, 'folder' | 'person' | 'choices'> {
  readonly before: BrandFolder
  readonly after: BrandFolder
  readonly subjects: readonly Subject[]
}

/** Previews two forms of a journey for the same people, at the same time and with the same answers. */
export async function compare({ before, after, subjects, ...request }: Compared): Promise<Comparison> {
  const found = new Map<string, string[]>()
  let same = 0
  for (const { name, person } of subjects) {
    const one = await preview({ ...request, folder: before, person })
    const other = await preview({ ...request, folder: after, person })
    const differences = differencesIn(one, other)
    if (differences.length === 0) same += 1
    for (const what of differences) found.set(what, [...(found.get(what) ?? []), name])
  }
  const differences = [...found].map(([what, customers]) => ({ what, customers }))
  return {
    customers: subjects.length,
    same,
    differences: differences.sort((a, b) => b.customers.length - a.customers.length),
  }
}

function differencesIn(before: Preview, after: Preview): readonly string[] {
  if (before.refusal !== undefined && after.refusal !== undefined) return []
  if (after.refusal !== undefined) return [`no longer enter: ${after.refusal.reason}`]
  if (before.refusal !== undefined) return ['enter, and do not now']
  const [one, other] = [messagesIn(before), messagesIn(after)]
  const messages = [...new Set([...one.keys(), ...other.keys()])].flatMap((key) =>
    messageDifferences(one.get(key), other.get(key)),
  )
  return [...messages, ...endDifferences(before, after)]
}

/** By name and how often it came before: the second `nag` of one is the second of the other. */
function messagesIn({ moments }: Preview): ReadonlyMap<string, MessageView> {
  const messages = new Map<string, MessageView>()
  for (const moment of moments)
    for (const message of moment.kind === 'step' ? moment.messages.filter(isSent) : []) {
      let count = 1
      while (messages.has(`${message.message} ${count}`)) count += 1
      messages.set(`${message.message} ${count}`, message)
    }
  return messages
}

function messageDifferences(one: MessageView | undefined, other: MessageView | undefined): readonly string[] {
  if (one === undefined) return other === undefined ? [] : [`get ${other.message} by ${other.channel}, and do not now`]
  if (other === undefined) return [`no longer get ${one.message}`]
  const later = Date.parse(other.at) - Date.parse(one.at)
  return [
    ...(Math.abs(later) < 1_000
      ? []
      : [`get ${one.message} ${describeDuration(Math.abs(later))} ${later > 0 ? 'later' : 'earlier'}`]),
    ...(one.channel === other.channel ? [] : [`get ${one.message} by ${other.channel} instead of ${one.channel}`]),
    ...(one.channel !== other.channel || wordsOf(one) === wordsOf(other) ? [] : [`read other words in ${one.message}`]),
  ]
}

/** What she reads; links in it bear the names of steps. */
function wordsOf({ content = {} }: MessageView): string {
  const { subject, title, body, text } = content
  return JSON.stringify([subject, title, body, text]).replace(/https:\/\/preview\.invalid[^\s")]*/g, '')
}

function endDifferences(before: Preview, after: Preview): readonly string[] {
  const [one, other] = [endOf(before), endOf(after)]
  return one === other ? [] : [`leave as "${other}" instead of "${one}"`]
}

function endOf({ moments }: Preview): string {
  const end = moments.findLast(({ kind }) => kind === 'ended')
  return end !== undefined && 'reason' in end ? end.reason : ''
}
