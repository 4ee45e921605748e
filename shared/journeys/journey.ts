import * as z from 'zod'
import { type Reading, readDocument } from '../documents/document.ts'
import { integer, name, oneOrMore } from '../documents/fields.ts'
import { templateMistake } from '../messages/check-template.ts'
import { MACHINE_LIMITS } from '../world/machines.ts'
import { placedSteps } from './check/placed-steps.ts'
import { Entry, Exit, Goal, Holdout } from './entries/entry.ts'
import { kindOf } from './steps/catalog.ts'
import { nameSteps } from './steps/name-steps.ts'
import { Steps } from './steps/read-steps.ts'
import type { StepBase } from './steps/step-kind.ts'

/** What stands before a journey's name in that of its machine, at the longest: `throughline-`, an installation of 20, and an underscore. */
const LONGEST_PREFIX = 33
const LONGEST_NAME = MACHINE_LIMITS.nameCharacters - LONGEST_PREFIX

const journeyName = name.refine(
  (given) => given.length <= LONGEST_NAME,
  `The name of a journey has at most ${LONGEST_NAME} characters: it is part of the name of a state machine.`,
)

/** A journey as a marketer writes it. */
export const JourneyDocument = z
  .strictObject({
    journey: journeyName,
    description: z.string().optional(),
    purpose: name,
    enter: Entry,
    exit: oneOrMore(Exit).default([]),
    goal: Goal.optional(),
    holdout: Holdout.optional(),
    priority: integer.optional(),
    steps: Steps,
  })
  .transform((journey, context) => {
    for (const issue of templateMistakes(journey.steps)) context.addIssue(issue)
    return { ...journey, steps: nameSteps(journey.steps) }
  })

export type Journey = z.infer<typeof JourneyDocument>

function* templateMistakes(steps: readonly StepBase[]) {
  for (const { step, place } of placedSteps(steps))
    for (const { at, text } of kindOf(step).templates?.(step) ?? []) {
      const message = templateMistake(text)
      if (message !== undefined) yield { code: 'custom' as const, message, path: [...place, ...at] }
    }
}

/** Reads a journey's YAML; what it points at elsewhere in the brand is checked by `checkJourney`. */
export function readJourney(file: string, text: string): Reading<Journey> {
  return readDocument(file, text, JourneyDocument)
}
