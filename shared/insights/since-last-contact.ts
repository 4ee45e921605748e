import type { ThreadEntry } from './thread.ts'

/** What happened since we last spoke with her: facts from her thread, no more. */
export interface Since {
  /** ISO 8601; absent where we never spoke. */
  readonly lastContactAt?: string
  /** Latest first: what came often stands in one line. */
  readonly facts: readonly { readonly at: string; readonly text: string }[]
}

/** As many as somebody reads before answering. */
const MOST_FACTS = 20

/** What stands elsewhere in the view, or says nothing about her. */
const NOT_TELLING = /^(conversation\.|message\.(delivered|answered)$|customer\.(updated|identified)$)/

export function sinceLastContact(thread: readonly ThreadEntry[], lastContactAt: number | undefined): Since {
  const since = lastContactAt === undefined ? undefined : new Date(lastContactAt).toISOString()
  const recent = thread.filter((entry) => (since === undefined || entry.at > since) && isTelling(entry))
  const groups = Map.groupBy(recent.toReversed(), factOf)
  const facts = [...groups].map(([text, entries]) => ({
    at: entries[0]?.at ?? '',
    text: entries.length === 1 ? text : `${text}, ${entries.length} times`,
  }))
  return { ...(since === undefined ? {} : { lastContactAt: since }), facts: facts.slice(0, MOST_FACTS) }
}

function isTelling(entry: ThreadEntry): boolean {
  if (entry.kind === 'touchpoint') return !NOT_TELLING.test(entry.type)
  return entry.kind !== 'message' || entry.message !== 'reply'
}

function factOf(entry: ThreadEntry): string {
  return entry.kind === 'touchpoint' ? `${entry.type}${tellingOf(entry)} on ${entry.channel}` : entry.text
}

/** What tells one touchpoint of Throughline's own from another. */
function tellingOf({ type, properties }: Extract<ThreadEntry, { kind: 'touchpoint' }>): string {
  const { message, segment, purpose } = (properties ?? {}) as Readonly<Record<string, unknown>>
  if (!/^(message|segment|consent)\./.test(type)) return ''
  const what = message ?? segment ?? purpose
  return what === undefined ? '' : ` ${String(what)}`
}
