import type { Brand } from '../brand/brand.ts'
import { isChannel } from '../channels/catalog.ts'
import type { Problem, Source } from '../documents/document.ts'
import { nearest } from '../documents/nearest.ts'
import { describeDuration } from '../time/duration.ts'
import type { Journey } from './journey.ts'
import { longestStay } from './longest-stay.ts'
import { kindOf } from './steps/catalog.ts'
import type { Reference, StepBase } from './steps/step-kind.ts'

/** What a journey may point at. */
export interface Surroundings {
  readonly brand: Brand
  /** Channels that each message has a form for. */
  readonly messages: Readonly<Record<string, readonly string[]>>
}

/** An execution of Step Functions lives a year at the most. */
const LONGEST = 365 * 86_400_000

type Path = readonly (string | number)[]

/** What is wrong in a journey that reads well by itself: names that lead nowhere, steps that nobody reaches. */
export function checkJourney(journey: Journey, source: Source, surroundings: Surroundings): readonly Problem[] {
  const problems: Problem[] = []
  const report = (path: Path, message: string, fix?: string): void => {
    problems.push(source.problemAt(path, message, fix))
  }
  if (surroundings.brand.purposes[journey.purpose] === undefined)
    report(
      ['purpose'],
      `brand.yaml has no purpose "${journey.purpose}".`,
      suggestion(journey.purpose, Object.keys(surroundings.brand.purposes)),
    )
  const stay = longestStay(journey.steps)
  if (stay > LONGEST)
    report(['steps'], `The longest path lasts ${describeDuration(stay)}; a run ends after a year at the latest.`)
  checkSteps(source.value, journey.steps, ['steps'], surroundings, report)
  return problems
}

type Report = (path: Path, message: string, fix?: string) => void

function checkSteps(
  written: unknown,
  steps: readonly StepBase[],
  path: Path,
  around: Surroundings,
  report: Report,
): void {
  const ids = new Set<string>()
  steps.forEach((step, index) => {
    const place = [...path, index]
    if (ids.has(step.id))
      report([...place, 'name'], `Two steps are named "${step.id}".`, 'Give one of them another name.')
    ids.add(step.id)
    if (step.kind === 'exit' && index < steps.length - 1)
      report(
        [...path, index + 1],
        'Nobody reaches this step: the one before it ends the run.',
        'Remove it, or move the exit.',
      )
    for (const reference of kindOf(step).references(step)) checkReference(step, reference, place, around, report)
    for (const inside of kindOf(step).paths(step)) checkSteps(written, inside.steps, place, around, report)
  })
}

function checkReference(
  step: StepBase,
  { kind, name }: Reference,
  place: Path,
  { brand, messages }: Surroundings,
  report: Report,
): void {
  if (kind === 'purpose' && brand.purposes[name] === undefined)
    report([...place, 'purpose'], `brand.yaml has no purpose "${name}".`, suggestion(name, Object.keys(brand.purposes)))
  if (kind === 'channel' && !isChannel(name))
    report([...place, 'by'], `There is no channel "${name}".`, suggestion(name, Object.keys(brand.senders)))
  if (kind !== 'message') return
  const written = messages[name]
  if (written === undefined) {
    report(
      [...place, step.kind],
      `There is no message "${name}" in messages/.`,
      suggestion(name, Object.keys(messages)),
    )
    return
  }
  const { by } = step as { by?: readonly string[] }
  for (const channel of by ?? [])
    if (isChannel(channel) && !written.includes(channel))
      report(
        [...place, 'by'],
        `Message "${name}" has no form for ${channel}.`,
        `Add messages/${name}/${channel}.${brand.locales[0]}.…, or leave the channel out.`,
      )
}

function suggestion(name: string, known: readonly string[]): string {
  const near = nearest(name, known)
  return near === undefined ? `It has: ${known.join(', ')}.` : `Did you mean "${near}"?`
}
