import { contradict, type Literal } from '../../segments/contradiction.ts'
import { describe as describeCondition } from '../../segments/describe.ts'
import { kindOf } from '../steps/catalog.ts'
import type { StepBase } from '../steps/step-kind.ts'
import type { Check, Finding } from './finding.ts'
import { follow, type Place, type Placed, type Rules } from './follow.ts'
import { type Known, knownAtEntry, learn, shared } from './known.ts'

/** Every path of a step that chooses can be chosen: no condition contradicts what is so when it is asked. */
export const checkDeadBranches: Check = ({ journey }) => {
  const found = new Map<string, Finding>()
  const rules: Rules<Known> = {
    join: shared,
    pass: (known, at, _way, index) => {
      const choices = choicesOf(at.step)
      if (choices === undefined) return { now: [], lasting: known.lasting }
      for (const dead of deadPaths(at, known)) found.set(dead.at.join('.'), dead)
      return index === undefined ? known : learn(known, literalsOf(choices, index))
    },
  }
  follow(journey.steps, ['steps'], knownAtEntry(journey), rules)
  return found.values()
}

/** The conditions by which a step chooses at once and does nothing else; undefined for one that does something. */
function choicesOf(step: StepBase) {
  const kind = kindOf(step)
  return kind.times === undefined ? kind.asks?.(step) : undefined
}

/** On the path of this place: its condition holds, and none of those before it. */
function literalsOf(choices: readonly Literal['condition'][], index: number): readonly Literal[] {
  const before = choices.slice(0, index).map((condition) => ({ condition, holds: false }))
  const own = choices[index]
  return own === undefined ? before : [...before, { condition: own, holds: true }]
}

function* deadPaths({ step, place }: Placed, known: Known): Generator<Finding> {
  const choices = choicesOf(step) ?? []
  // What was found out before contradicts itself already, and that has been told.
  if (choices.length === 0 || contradict(allOf(known))) return
  for (const [index, path] of kindOf(step).paths(step).entries()) {
    const literals = literalsOf(choices, index)
    const isDead = contradict([...allOf(known), ...literals])
    if (isDead && (index < choices.length || path.steps.length > 0))
      yield { at: [...place, ...placeOf(path.at, index < choices.length)], ...reasonOf(choices, index, known) }
  }
}

function allOf({ now, lasting }: Known): readonly Literal[] {
  return [...now, ...lasting]
}

/** Where the condition stands, or the `else`. */
function placeOf(at: Place, isCondition: boolean): Place {
  return isCondition ? [...at.slice(0, -1), 'if'] : at
}

function reasonOf(choices: readonly Literal['condition'][], index: number, known: Known): Omit<Finding, 'at'> {
  const condition = choices[index]
  if (condition === undefined)
    return {
      message: 'Nobody comes here: one of the conditions above always holds.',
      fix: 'Remove the "else", or change what is asked.',
    }
  const own = { condition, holds: true }
  const line = describeCondition(condition)
  if (contradict([own])) return { message: `This never holds: "${line}" contradicts itself.`, fix: 'Change it.' }
  const culprit = [...literalsOf(choices, index).slice(0, -1), ...allOf(known)].find((other) =>
    contradict([other, own]),
  )
  const because = culprit === undefined ? 'what was asked before' : quoted(culprit)
  return {
    message: `This never holds: at this point ${because} already.`,
    fix: 'Remove it, ask it earlier, or change one of the two.',
  }
}

function quoted({ condition, holds }: Literal): string {
  return `"${describeCondition(condition)}" is ${holds ? 'true' : 'false'}`
}
