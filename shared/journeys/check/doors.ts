import type { Condition } from '../../segments/condition.ts'
import { contradict } from '../../segments/contradiction.ts'
import { describe as describeCondition } from '../../segments/describe.ts'
import { conditionReferences } from '../steps/condition-references.ts'
import { doorsIn } from './conditions-in.ts'
import type { Check, Finding, Subject } from './finding.ts'
import type { Place } from './follow.ts'
import { knownAtEntry } from './known.ts'
import { unknown } from './references.ts'

/** The conditions by which she enters, leaves, reaches the goal and goes on: each can hold, and asks what is known there. */
export const checkDoors: Check = function* (subject) {
  const { journey } = subject
  const { enter, exit } = journey
  const doors = [
    { at: ['enter', 'if'], condition: enter.if },
    ...exit.map((one, index) => ({ at: ['exit', index, 'if'], condition: one.if })),
  ]
  for (const { at, condition } of doors) if (condition !== undefined) yield* checkAsked(condition, at, subject)
  for (const asked of doorsIn(journey)) yield* checkCanHold(asked)
  yield* checkExits(subject)
}

/** At which a touchpoint is recorded: from her profile and timeline. */
function* checkAsked(condition: Condition, at: Place, subject: Subject): Generator<Finding> {
  for (const reference of conditionReferences([condition])) {
    if (reference.kind === 'message') yield { at, ...NOT_KNOWN_HERE }
    const mistake = reference.kind === 'message' ? undefined : unknown(reference, subject)
    if (mistake !== undefined) yield { at, ...mistake }
  }
}

const NOT_KNOWN_HERE = {
  message: 'What became of a message is not known here.',
  fix: 'Ask in a step, or exit when, say, "message.clicked" comes.',
}

function* checkCanHold({ condition, at }: ReturnType<typeof doorsIn>[number]): Generator<Finding> {
  if (!contradict([{ condition, holds: true }])) return
  yield { at, message: `This never holds: "${describeCondition(condition)}" contradicts itself.`, fix: 'Change it.' }
}

/** An exit that is open from the beginning lets nobody stay. */
function* checkExits({ journey }: Subject): Generator<Finding> {
  const { now, lasting } = knownAtEntry(journey)
  for (const [index, { when, if: condition }] of journey.exit.entries())
    if (when === undefined && condition !== undefined && contradict([...now, ...lasting, { condition, holds: false }]))
      yield {
        at: ['exit', index],
        message: 'Whoever may enter may leave at once: this holds already when she enters.',
        fix: 'Change this exit, or what "enter" asks.',
      }
}
