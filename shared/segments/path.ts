import { readAs } from '../documents/fields.ts'

/** The names of `order.items.0.sku`, one by one. */
export type Path = readonly string[]

/** Names joined by dots. A name may hold whatever an app sends but a dot. */
export function parsePath(text: string): Path | undefined {
  const names = text.split('.')
  return names.every((name) => name !== '') ? names : undefined
}

export const path = readAs('a path, as in plan or order.items.0.sku', parsePath)

/**
 * What stands at `path` inside `value`; undefined where there is nothing. Only what the data itself holds is found: not
 * the letters of a text, the length of a list, or what a prototype brings along.
 */
export function valueAt(value: unknown, path: Path, from = 0): unknown {
  let here = value
  for (let index = from; index < path.length; index++) here = entryOf(here, path[index] ?? '')
  return here
}

function entryOf(holder: unknown, name: string): unknown {
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, name)) return undefined
  if (Array.isArray(holder)) return holder[Number(name)]
  return (holder as Readonly<Record<string, unknown>>)[name]
}
