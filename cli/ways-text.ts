import { styleText } from 'node:util'
import type { Way, Ways } from '#local/preview/every-way.ts'
import { describeDuration } from '#shared/time/duration.ts'
import { onOneLine } from './display-width.ts'
import { explanationLines } from './explanation-lines.ts'
import { count } from './problem-report.ts'
import { wrapText } from './wrap-text.ts'

const WIDEST = 80

/** All ways through a journey: what leads to each, and what she gets on it. */
export function waysText({ journey, ways, refusal, isWhole }: Ways, terminal: number): string {
  if (refusal !== undefined) return refusalText(journey, refusal)
  const width = Math.min(terminal, WIDEST)
  const title = styleText('bold', `${count(ways.length, 'way')} through ${journey}`)
  const more = isWhole ? [] : ['', styleText('yellow', 'There are more; these are the first.')]
  return [title, ...ways.flatMap((way, index) => ['', ...wayLines(way, index + 1, width)]), ...more].join('\n')
}

function refusalText(journey: string, { reason, lines }: NonNullable<Ways['refusal']>): string {
  const asked = lines.flatMap((line) => explanationLines(line, '  '))
  return [`No way leads into ${styleText('bold', journey)}: ${reason}.`, ...asked].join('\n')
}

function wayLines({ because, messages, end, lasts }: Way, number: number, width: number): readonly string[] {
  const mark = `${number}`.padEnd(4)
  const path = because.length === 0 ? 'straight on' : because.map(({ step, took }) => `${step} → ${took}`).join(' · ')
  const [first = '', ...rest] = wrapText(onOneLine(path), width - mark.length)
  const indent = ' '.repeat(mark.length)
  return [
    `${mark}${styleText('cyan', first)}`,
    ...rest.map((line) => `${indent}${styleText('cyan', line)}`),
    ...messages.map(
      ({ message, channel, after }) => `${indent}» ${message} by ${channel} ${styleText('dim', afterText(after))}`,
    ),
    `${indent}■ ${end} ${styleText('dim', afterText(lasts))}`,
  ]
}

function afterText(milliseconds: number): string {
  return milliseconds < 1_000 ? 'at once' : `after ${roughly(milliseconds)}`
}

/** Its two largest units: nobody plans a month to the second. */
function roughly(milliseconds: number): string {
  return describeDuration(milliseconds).split(' ').slice(0, 4).join(' ')
}
