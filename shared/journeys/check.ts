import type { Brand } from '../brand/brand.ts'
import { isChannel } from '../channels/catalog.ts'
import type { Problem, Source } from '../documents/document.ts'
import { nearest } from '../documents/nearest.ts'
import { describeDuration } from '../time/duration.ts'
import { compileJourney, reachedStates } from './compile.ts'
import type { Journey } from './journey.ts'
import { longestStay } from './longest-stay.ts'
import { kindOf, pathsOf } from './steps/catalog.ts'
import { conditionReferences } from './steps/condition-references.ts'
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
  const twice = sameNames(journey.steps, ['steps'])
  for (const { id, place } of twice)
    report([...place, 'name'], `Two steps are named "${id}".`, 'Give one of them another name.')
  // Of two steps that share a name one would hide the other.
  if (twice.length === 0) checkReach(journey.steps, ['steps'], reachedStates(compileJourney(journey)), report)
  checkDoors(journey, report)
  for (const { step, place } of placedSteps(journey.steps, ['steps']))
    for (const reference of kindOf(step).references(step))
      checkReference({ step, place }, reference, surroundings, report)
  return problems
}

type Report = (path: Path, message: string, fix?: string) => void

/** The conditions at which she enters and leaves are asked when a touchpoint is recorded, from her profile and timeline. */
function checkDoors({ enter, exit }: Journey, report: Report): void {
  const doors = [
    { path: ['enter', 'if'], condition: enter.if },
    ...exit.map((one, index) => ({ path: ['exit', index, 'if'], condition: one.if })),
  ]
  for (const { path, condition } of doors)
    for (const { kind, name } of condition === undefined ? [] : conditionReferences([condition]))
      if (kind === 'segment') report(path, noSegment(name))
      else
        report(
          path,
          'What became of a message is not known here.',
          'Ask in a step, or exit when, say, "message.clicked" comes.',
        )
}

function noSegment(name: string): string {
  return `There is no segment "${name}".`
}

interface Placed {
  readonly step: StepBase
  readonly place: Path
}

/** Every step with its place in the document. */
function placedSteps(steps: readonly StepBase[], path: Path): readonly Placed[] {
  return steps.flatMap((step, index) => {
    const place = [...path, index]
    return [{ step, place }, ...pathsOf(step).flatMap((inside) => placedSteps(inside.steps, [...place, ...inside.at]))]
  })
}

/** Steps whose name an earlier one has. */
function sameNames(steps: readonly StepBase[], path: Path): readonly { readonly id: string; readonly place: Path }[] {
  const taken = new Set<string>()
  return placedSteps(steps, path).flatMap(({ step: { id }, place }) => {
    const isTaken = taken.has(id)
    taken.add(id)
    return isTaken ? [{ id, place }] : []
  })
}

/** Tells the first step of each sequence that no path leads to. */
function checkReach(steps: readonly StepBase[], path: Path, reached: ReadonlySet<string>, report: Report): void {
  for (const [index, step] of steps.entries()) {
    const place = [...path, index]
    if (!reached.has(step.id)) {
      const before = steps[index - 1]
      const [why, fix] =
        before === undefined
          ? ['what leads to it cannot happen', 'Remove it.']
          : ['the one before it always ends the run', 'Remove it, or move what ends the run.']
      report(place, `Nobody reaches this step: ${why}.`, fix)
      return
    }
    for (const inside of pathsOf(step)) checkReach(inside.steps, [...place, ...inside.at], reached, report)
  }
}

function checkReference(
  { step, place }: Placed,
  { kind, name }: Reference,
  { brand, messages }: Surroundings,
  report: Report,
): void {
  if (kind === 'purpose' && brand.purposes[name] === undefined)
    report([...place, 'purpose'], `brand.yaml has no purpose "${name}".`, suggestion(name, Object.keys(brand.purposes)))
  if (kind === 'channel' && !isChannel(name))
    report([...place, 'by'], `There is no channel "${name}".`, suggestion(name, Object.keys(brand.senders)))
  if (kind === 'segment') report([...place, step.kind], noSegment(name))
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
