import { styleText } from 'node:util'
import type { JourneyAccount, RunAccount, Why } from '#shared/insights/why.ts'
import { onOneLine } from './display-width.ts'
import { explanationLines } from './explanation-lines.ts'
import { moment } from './moment.ts'
import { hanging, wrapText } from './wrap-text.ts'

/** Why she got something or did not: the answer, then what it rests on, oldest first. */
export function whyText({ answer, journeys }: Why, width: number): string {
  const first = wrapText(inLocalTime(answer), width).map((text) => styleText('bold', text))
  return [first.join('\n'), ...journeys.map((one) => journeyText(one, answer, width))].join('\n\n')
}

/** @param answer has been said already */
function journeyText({ journey, entersBy, entries, runs }: JourneyAccount, answer: string, width: number): string {
  const by = entersBy === undefined ? 'not live' : `enters on ${entersBy}`
  const told = entries.flatMap(({ at, text, entered, explanation }) => [
    ...lines(at, text, entered ? '→' : '·', width),
    ...(explanation === undefined ? [] : explanationLines(explanation, INDENT)),
  ])
  const all = [...told, ...runs.flatMap((run) => runLines(run, answer, width))]
  const title = `${styleText('cyan', journey)}  ${styleText('dim', by)}`
  return [title, ...(all.length === 0 ? ['Nothing of hers has asked for it.'] : all)].join('\n')
}

const INDENT = '      '

function runLines({ at, text, messages }: RunAccount, answer: string, width: number): readonly string[] {
  return [
    ...(text === answer ? [] : lines(at, text, '→', width)),
    ...messages.flatMap((message) => [
      ...lines(message.at, message.text, '»', width),
      ...message.because.flatMap((reason) =>
        hanging(INDENT, onOneLine(inLocalTime(reason)), width).map((text) => styleText('dim', text)),
      ),
    ]),
  ]
}

function lines(at: string, text: string, mark: string, width: number): readonly string[] {
  return hanging(`${styleText('dim', moment(at))} ${mark} `, onOneLine(inLocalTime(text)), width)
}

function inLocalTime(text: string): string {
  return text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, moment)
}
