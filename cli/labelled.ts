import { styleText } from 'node:util'
import { displayWidth, onOneLine, padTo } from './display-width.ts'
import { wrapText } from './wrap-text.ts'

/** A label and what stands behind it; a list runs on, with dots between, over as many lines as it needs. */
export type Labelled = readonly [label: string, value: string | readonly string[] | undefined]

/** Lines of `label  value`, aligned; what has no value is left out. */
export function labelled(pairs: readonly Labelled[], width: number): string {
  const given = pairs.flatMap(([label, value]) => {
    const items = typeof value === 'string' ? [value] : (value ?? [])
    return items.length === 0 ? [] : [{ label, items: items.map(onOneLine) }]
  })
  const margin = Math.max(...given.map(({ label }) => displayWidth(label))) + 2
  return given
    .map(
      ({ label, items }) =>
        styleText('dim', padTo(label, margin)) + wrap(items, width - margin).join(`\n${' '.repeat(margin)}`),
    )
    .join('\n')
}

const BETWEEN = ' · '

function wrap(items: readonly string[], width: number): readonly string[] {
  const lines: string[] = []
  for (const item of items) {
    const last = lines.at(-1)
    const longer = last === undefined ? undefined : last + BETWEEN + item
    if (longer !== undefined && displayWidth(longer) <= width) lines[lines.length - 1] = longer
    else lines.push(...wrapText(item, width))
  }
  return lines
}

/** `name value`, and `name {…}` as JSON where the value is no plain one. */
export function attributeTexts(attributes: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(attributes).map(
    ([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
}
