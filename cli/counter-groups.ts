import { styleText } from 'node:util'
import type { DayCounters } from '#shared/insights/read-counters.ts'
import { padTo } from './display-width.ts'

/** The groups in the order in which things happen; a counter of another kind makes a group of its own at the end. */
const TITLES: Readonly<Record<string, string>> = {
  touchpoints: 'Touchpoints by channel',
  types: 'Touchpoints by type',
  customers: 'Customers',
  entered: 'Journeys entered',
  goals: 'Goals reached',
  ended: 'Journeys ended',
  sent: 'Messages sent by channel',
  messages: 'Messages sent by name',
  held: 'Held until later',
  skipped: 'Not sent',
  uncertain: 'Nobody knows whether sent',
}

export interface CounterGroup {
  readonly title: string
  readonly total: number
  /** The most frequent first. */
  readonly rows: readonly (readonly [name: string, count: number])[]
}

/** Counters of several days, added up and grouped by the first part of their names. */
export function counterGroups(days: readonly DayCounters[]): readonly CounterGroup[] {
  const sums = new Map<string, number>()
  for (const { counters } of days)
    for (const [name, count] of Object.entries(counters)) sums.set(name, (sums.get(name) ?? 0) + count)
  const kinds = new Set([...Object.keys(TITLES), ...[...sums.keys()].map((name) => name.split('.', 1)[0] ?? name)])
  return [...kinds].flatMap((kind) => groupOf(kind, sums) ?? [])
}

function groupOf(kind: string, sums: ReadonlyMap<string, number>): CounterGroup | undefined {
  const rows = [...sums]
    .filter(([name]) => name.startsWith(`${kind}.`))
    .map(([name, count]) => [name.slice(kind.length + 1), count] as const)
    .sort(([oneName, one], [otherName, other]) => other - one || (oneName < otherName ? -1 : 1))
  const total = sums.get(kind) ?? rows.reduce((sum, [, count]) => sum + count, 0)
  return total === 0 ? undefined : { title: TITLES[kind] ?? kind, total, rows }
}

export function counterText(groups: readonly CounterGroup[]): string {
  const names = groups.flatMap(({ title, rows }) => [title.length, ...rows.map(([name]) => name.length + 2)])
  const counts = groups.map(({ total }) => String(total).length)
  const [wide, digits] = [Math.max(...names) + 2, Math.max(...counts)]
  const line = (name: string, count: number): string => `${padTo(name, wide)}${String(count).padStart(digits)}`
  return groups
    .map(({ title, total, rows }) =>
      [styleText('bold', line(title, total)), ...rows.map(([name, count]) => line(`  ${name}`, count))].join('\n'),
    )
    .join('\n\n')
}
