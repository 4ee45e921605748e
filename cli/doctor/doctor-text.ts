import { styleText } from 'node:util'
import { count } from '../problem-report.ts'
import { hanging } from '../wrap-text.ts'
import type { Finding, State } from './finding.ts'

const MARKS: Readonly<Record<State, string>> = {
  ok: styleText('green', '✓'),
  warning: styleText('yellow', '!'),
  missing: styleText('red', '✗'),
  unknown: styleText('yellow', '?'),
}

/** Each finding under its area, with the way out of what is not as it should be; then how many there are. */
export function doctorText(findings: readonly Finding[], width: number): string {
  const areas = Map.groupBy(findings, ({ check }) => check.split('.')[0] ?? '')
  const lines = [...areas].flatMap(([area, found]) => [
    styleText('bold', area),
    ...found.flatMap((finding) => findingLines(finding, width)),
    '',
  ])
  return [...lines, summaryOf(findings)].join('\n')
}

function findingLines({ state, text, remedy, see }: Finding, width: number): readonly string[] {
  return [
    ...hanging(`  ${MARKS[state]} `, text, width),
    ...(remedy === undefined ? [] : hanging('    → ', remedy, width)),
    ...(see === undefined ? [] : [styleText('dim', `      ${see}`)]),
  ]
}

function summaryOf(findings: readonly Finding[]): string {
  const of = (state: State): number => findings.filter((finding) => finding.state === state).length
  const rest = [
    ...(of('missing') > 0 ? [`${of('missing')} missing`] : []),
    ...(of('warning') > 0 ? [count(of('warning'), 'warning')] : []),
    ...(of('unknown') > 0 ? [`${of('unknown')} could not be found out`] : []),
  ]
  return rest.length === 0
    ? `all ${findings.length} as they should be`
    : `${rest.join(', ')}, ${of('ok')} as they should be`
}
