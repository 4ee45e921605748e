import { readAs } from '../documents/fields.ts'
import type { Scene } from './facts.ts'
import { type Path, parsePath, valueAt } from './path.ts'

/** Where a value is looked up. `channel` is the touchpoint's and has no path. */
export interface Place {
  readonly kind: 'trait' | 'property' | 'entry' | 'saved' | 'channel'
  readonly path: Path
}

const CHANNEL: Place = { kind: 'channel', path: [] }

/** A place in one text, as in `entry.order_id` or `channel`. */
export const place = readAs(
  'a place, as in entry.order_id, property.store, trait.plan, saved.offer or channel',
  (text): Place | undefined => {
    if (text === 'channel') return CHANNEL
    const [kind, ...path] = parsePath(text) ?? []
    if (kind !== 'trait' && kind !== 'property' && kind !== 'entry' && kind !== 'saved') return undefined
    return path.length === 0 ? undefined : { kind, path }
  },
)

/** Undefined when it is missing, which a null is too. */
export function lookUp({ kind, path }: Place, { facts, touchpoint }: Scene): unknown {
  const name = path[0] ?? ''
  switch (kind) {
    case 'trait':
      return valueAt(facts.trait(name), path, 1) ?? undefined
    case 'entry':
      return valueAt(facts.entry(name), path, 1) ?? undefined
    case 'saved':
      return valueAt(facts.saved(name), path, 1) ?? undefined
    case 'property':
      return valueAt(touchpoint?.properties, path) ?? undefined
    case 'channel':
      return touchpoint?.channel
  }
}

const OWNERS = { trait: 'her', property: "the touchpoint's", entry: "the entry's", saved: 'the saved', channel: 'the' }

export function describePlace({ kind, path }: Place): string {
  return `${OWNERS[kind]} ${kind === 'channel' ? 'channel' : path.join('.')}`
}
