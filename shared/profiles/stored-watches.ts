import type { Profile } from './profile.ts'
import type { Match, Watch } from './watch.ts'

/** Watches as a profile stores them: most of them have found nothing, and are one list of keys. */
export interface StoredWatches {
  readonly w?: Readonly<Record<string, readonly Match[]>>
  readonly w0?: string
  /** From when on each of those knows her past that could not be filled to its beginning. */
  readonly ws?: Readonly<Record<string, number>>
}

export function encodeWatches(watches: Profile['watches']): StoredWatches {
  const all = Object.entries(watches)
  if (all.length === 0) return {}
  const found = all.filter(([, { matches }]) => matches.length > 0)
  const empty = all.filter(([, { matches }]) => matches.length === 0).map(([key]) => key)
  const cut = all.flatMap(([key, { sinceAt }]) => (sinceAt === undefined ? [] : [[key, sinceAt] as const]))
  return {
    ...(found.length === 0 ? {} : { w: Object.fromEntries(found.map(([key, { matches }]) => [key, matches])) }),
    ...(empty.length === 0 ? {} : { w0: empty.join(' ') }),
    ...(cut.length === 0 ? {} : { ws: Object.fromEntries(cut) }),
  }
}

export function decodeWatches({ w = {}, w0, ws = {} }: StoredWatches): Record<string, Watch> {
  const watches: Record<string, Watch> = {}
  const read = (key: string, matches: readonly Match[]): void => {
    const sinceAt = ws[key]
    watches[key] = sinceAt === undefined ? { matches } : { matches, sinceAt }
  }
  for (const key in w) read(key, w[key] ?? [])
  if (w0 !== undefined) for (const key of w0.split(' ')) read(key, [])
  return watches
}
