import { styleText } from 'node:util'
import type { Bounds } from '#shared/journeys/check/bounds-of.ts'
import { DAY, describeDuration, HOUR } from '#shared/time/duration.ts'
import { count } from './problem-report.ts'

/** What was proved for every path, a line for each journey. */
export function boundsText(bounds: Readonly<Record<string, Bounds>>): string {
  const width = Math.max(...Object.keys(bounds).map((name) => name.length))
  return Object.entries(bounds)
    .map(([name, bound]) => `  ${styleText('bold', name.padEnd(width))}  ${lineOf(bound)}`)
    .join('\n')
}

function lineOf({ inAll, perDay, byChannel, longest, runs }: Bounds): string {
  const over = `over within ${atMost(longest)}; ${RUNS[runs]}`
  if (inAll === 0) return `no messages, ${over}`
  const channels = Object.entries(byChannel).map(([channel, most]) => `${channel} ${most.inAll}`)
  return `at most ${count(inAll, 'message')} (${channels.join(', ')}), ${perDay} in a day; ${over}`
}

const RUNS: Readonly<Record<Bounds['runs'], string>> = {
  once: 'once',
  'one by one': 'again after each other',
  'one for each key': 'one for each key, side by side',
}

/** Days or hours, rounded up: a bound stays one. */
function atMost(time: number): string {
  const unit = time > 2 * DAY ? DAY : time > 2 * HOUR ? HOUR : 1_000
  return describeDuration(Math.ceil(time / unit) * unit)
}
