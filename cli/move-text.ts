import { styleText } from 'node:util'
import type { MovePlan, PlannedStep, Staying } from '#shared/journeys/versions/move-plan.ts'
import { outputWidth } from './output.ts'
import { table } from './table.ts'

const REASONS: Readonly<Record<Staying, string>> = {
  rule: 'as you said',
  wait: 'they wait',
  conversation: 'a team has a conversation with them',
  ending: 'they are at the end',
  'no-counterpart': 'the new version has no such step',
}

/** A plan, or what is left of it once it has been carried out. */
export function planText({ journey, steps, isWhole, refused }: MovePlan): string {
  if (steps.length === 0) return `Nobody is in an older version of ${journey}.`
  return [
    table(
      [
        { title: 'version', of: ({ version }) => String(version), isNumber: true },
        { title: 'customers', of: ({ customers }) => String(customers), isNumber: true },
        { title: 'stand at', of: ({ step = 'end' }) => step, isWhole: true },
        { title: 'go on', of: goOn },
      ],
      steps,
      outputWidth(),
    ),
    ...(isWhole ? [] : ['There are more customers than one plan counts; they are moved by the same rules.']),
    ...refused.map((reason) => `${styleText('red', '✗')} ${reason}`),
  ].join('\n')
}

function goOn({ to, stay, customers, waiting }: PlannedStep): string {
  const staying = Object.entries(stay) as [Staying, number][]
  const stays = staying.map(([reason, count]) => `${count === customers ? '' : `${count} `}stay: ${REASONS[reason]}`)
  const goes = to === undefined ? [] : [`${atStep(to)}${waiting === 0 ? '' : `, ${waiting} of them waiting`}`]
  return [...goes, ...stays].join('; ')
}

/** `after pause` says that the wait there ends when it was to end. */
function atStep(to: string): string {
  return to.startsWith('after ') ? `at ${to.slice('after '.length)}, which ends when it was to end` : `at ${to}`
}
