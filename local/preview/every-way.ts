import { type Choice, Choices } from './choices.ts'
import { type PreviewRequest, preview } from './preview.ts'
import type { Refusal } from './refusal.ts'
import type { MessageView, Preview } from './tell-preview.ts'

/** One way through a journey. Times are milliseconds since she entered. */
export interface Way {
  /** What led to it, in the order in which it was decided. */
  readonly because: readonly { readonly step: string; readonly took: string }[]
  readonly messages: readonly { readonly message: string; readonly channel: string; readonly after: number }[]
  readonly end: string
  readonly lasts: number
}

export interface Ways {
  readonly journey: string
  readonly ways: readonly Way[]
  /** Why she does not enter; then there is no way. */
  readonly refusal?: Refusal
  /** False when there are more. */
  readonly isWhole: boolean
}

/** Every further choice may double the ways. */
const MOST_WALKS = 64

/**
 * Walks all ways through a journey, whatever is true of the customer: each path of a branch, each part of a split, each
 * touchpoint that is awaited and none of them, each message that a path depends on sent and not.
 */
export async function everyWay(request: Omit<PreviewRequest, 'choices'>, most = MOST_WALKS): Promise<Ways> {
  const ways = new Map<string, Way>()
  const ahead: ReadonlyMap<string, number>[] = [new Map()]
  let walks = 0
  for (let forced = ahead.pop(); forced !== undefined && walks < most; forced = ahead.pop()) {
    walks += 1
    const choices = new Choices(forced)
    const seen = await preview({ ...request, choices })
    if (seen.refusal !== undefined) return { journey: request.journey, ways: [], refusal: seen.refusal, isWhole: true }
    const reached = choicesIn(seen, choices.made)
    const way = wayOf(seen, reached)
    ways.set(JSON.stringify([way.because, way.messages, way.end]), way)
    ahead.push(...turns(reached, forced).reverse())
  }
  return { journey: request.journey, ways: [...ways.values()], isWhole: ahead.length === 0 }
}

/** The choices that were come to, in that order: places in splits are drawn before. */
function choicesIn({ moments }: Preview, made: readonly Choice[]): readonly Choice[] {
  const visited = moments.flatMap((moment) => (moment.kind === 'step' ? [moment.step] : []))
  return made
    .filter(({ step }) => visited.includes(step))
    .sort((a, b) => visited.indexOf(a.step) - visited.indexOf(b.step))
}

/** What to force in order to leave this way at each choice that was free. */
function turns(reached: readonly Choice[], forced: ReadonlyMap<string, number>): ReadonlyMap<string, number>[] {
  return reached.flatMap(({ key, options }, at) => {
    if (forced.has(key)) return []
    const before = reached.slice(0, at).map((choice) => [choice.key, choice.taken] as const)
    return options.slice(1).map((_, other) => new Map([...forced, ...before, [key, other + 1] as const]))
  })
}

function wayOf({ entry, moments }: Preview, reached: readonly Choice[]): Way {
  const start = Date.parse(entry.at)
  const sent = moments.flatMap((moment) => (moment.kind === 'step' ? moment.messages : [])).filter(isSent)
  const end = moments.findLast(({ kind }) => kind === 'ended')
  return {
    because: reached.map(({ step, options, taken }) => ({ step, took: options[taken] ?? '' })),
    messages: sent.map(({ message, channel = '', at }) => ({ message, channel, after: Date.parse(at) - start })),
    end: end !== undefined && 'reason' in end ? end.reason : '',
    lasts: end === undefined ? 0 : Date.parse(end.at) - start,
  }
}

export function isSent({ state }: MessageView): boolean {
  return state === 'sent' || state === 'delivered'
}
