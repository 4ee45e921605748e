import { styleText } from 'node:util'
import type { JourneyAccount, RunAccount, Why } from '#shared/insights/why.ts'
import { onOneLine } from './display-width.ts'
import { explanationLines } from './explanation-lines.ts'
import { moment } from './moment.ts'

/** Why she got something or did not: the answer, then what it rests on, oldest first. */
export function whyText({ answer, journeys }: Why): string {
  return [styleText('bold', inLocalTime(answer)), ...journeys.map((one) => journeyText(one, answer))].join('\n\n')
}

/** @param answer has been said already */
function journeyText({ journey, entersBy, entries, runs }: JourneyAccount, answer: string): string {
  const by = entersBy === undefined ? 'not live' : `enters by ${entersBy}`
  const told = entries.flatMap(({ at, text, entered, explanation }) => [
    line(at, text, entered ? '→' : '·'),
    ...(explanation === undefined ? [] : explanationLines(explanation, INDENT)),
  ])
  return [
    `${styleText('cyan', journey)}  ${styleText('dim', by)}`,
    ...told,
    ...runs.flatMap((run) => runLines(run, answer)),
  ].join('\n')
}

const INDENT = '      '

function runLines({ at, text, messages }: RunAccount, answer: string): readonly string[] {
  return [
    ...(text === answer ? [] : [line(at, text, '→')]),
    ...messages.flatMap((message) => [
      line(message.at, message.text, '»'),
      ...message.because.map((reason) => styleText('dim', `${INDENT}${onOneLine(inLocalTime(reason))}`)),
    ]),
  ]
}

function line(at: string, text: string, mark: string): string {
  return `${styleText('dim', moment(at))} ${mark} ${onOneLine(inLocalTime(text))}`
}

function inLocalTime(text: string): string {
  return text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, moment)
}
