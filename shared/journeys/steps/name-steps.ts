import { kindOf, pathsOf } from './catalog.ts'
import type { StepBase } from './step-kind.ts'

/** State names have at most 80 characters, and ours add a word to the step's. */
const LONGEST_ID = 60

/**
 * The same steps, each with an id: its `name`, or one derived from its kind and content, with a number where that is
 * taken. Ids are unique in the journey unless two names are the same, which `checkJourney` finds.
 */
export function nameSteps(
  steps: readonly StepBase[],
  taken = new Set(allSteps(steps).map(({ id }) => id)),
): readonly StepBase[] {
  return steps.map((step) => {
    const id = step.id === '' ? freeId(derivedId(step), taken) : step.id
    taken.add(id)
    return { ...nameInside(step, taken), id }
  })
}

/** Every step of a journey, those inside others too, in the order in which they are written. */
export function allSteps(steps: readonly StepBase[]): readonly StepBase[] {
  return steps.flatMap((step) => [step, ...pathsOf(step).flatMap((path) => allSteps(path.steps))])
}

function derivedId(step: StepBase): string {
  const words = `${step.kind} ${kindOf(step).label(step)}`.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  return words.slice(0, LONGEST_ID).replace(/^-|-$/g, '')
}

function freeId(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted
  let number = 2
  while (taken.has(`${wanted}-${number}`)) number += 1
  return `${wanted}-${number}`
}

/** A step's members are data: whatever list of steps stands in them, at any depth, is named in turn. */
function nameInside<T>(value: T, taken: Set<string>): T {
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value
    return (isSteps(list) ? nameSteps(list, taken) : list.map((item) => nameInside(item, taken))) as T
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, nameInside(inner, taken)])) as T
}

function isSteps(list: readonly unknown[]): list is readonly StepBase[] {
  return list.length > 0 && list.every((item) => typeof item === 'object' && item !== null && 'ifItFails' in item)
}
