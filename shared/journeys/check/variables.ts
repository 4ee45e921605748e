import { runVariables } from '../../messages/check-template.ts'
import { kindOf, pathsOf } from '../steps/catalog.ts'
import { allSteps } from '../steps/name-steps.ts'
import type { StepBase } from '../steps/step-kind.ts'
import type { Check, Finding, Subject } from './finding.ts'
import { follow, type Placed, type Rules, waysOf } from './follow.ts'

/** What a message takes from the run is there on some path that leads to it. */
export const checkVariables: Check = (subject) => {
  const found = new Map<string, Finding>()
  const rules: Rules<ReadonlySet<string>> = {
    join: (all) => new Set(all.flatMap((names) => [...names])),
    pass: (saved, at) => {
      const names = new Set([...saved, ...savedBy(at.step)])
      for (const finding of missing(at, names, subject))
        found.set(`${finding.at.join('.')} ${finding.message}`, finding)
      return names
    },
  }
  follow(subject.journey.steps, ['steps'], new Set<string>(), rules)
  return found.values()
}

/** In a repeat, what a later step saves is there the next time. */
function savedBy(step: StepBase): readonly string[] {
  const kind = kindOf(step)
  const inside = kind.times === undefined ? [] : allSteps(pathsOf(step).flatMap(({ steps }) => steps))
  return [step, ...inside].flatMap((one) => kindOf(one).saves?.(one) ?? [])
}

interface Taking {
  /** As a sentence begins with it. */
  readonly what: string
  readonly at: Finding['at']
  /** As `saved.offer`. */
  readonly paths: readonly string[]
}

/** What a step takes of the run: by the messages it sends, and by texts of its own. */
function takings({ step, place }: Placed, { variables = {} }: Subject): readonly Taking[] {
  const sends = waysOf(step).flatMap((way) => way.sends ?? [])
  const templates = kindOf(step).templates?.(step) ?? []
  return [
    ...sends.map(({ message }) => ({
      what: `Message "${message}"`,
      at: [...place, step.kind],
      paths: variables[message] ?? [],
    })),
    ...templates.map(({ at, text }) => ({ what: 'This', at: [...place, ...at], paths: runVariables(text) })),
  ]
}

function* missing(placed: Placed, saved: ReadonlySet<string>, subject: Subject): Generator<Finding> {
  const { brand, journey } = subject
  const { on } = journey.enter
  const properties = on.kind === 'touchpoint' ? brand.touchpoints[on.type] : undefined
  for (const { at, what, paths } of takings(placed, subject))
    for (const path of paths) {
      const [root, name = ''] = path.split('.')
      if (root === 'saved' && !saved.has(name))
        yield {
          at,
          message: `${what} uses "${path}", which nothing before this step saves.`,
          fix: `Save it by a webhook before, or give it a default: {{ ${path} | default: "" }}.`,
        }
      if (root === 'entry' && name !== 'channel' && properties?.includes(name) === false)
        yield {
          at,
          message: `${what} uses "${path}", which what lets her in does not have.`,
          fix: `It has: ${properties.join(', ')}. Or add it to "touchpoints" in brand.yaml.`,
        }
    }
}
