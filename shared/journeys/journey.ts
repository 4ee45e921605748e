import * as z from 'zod'
import { type Reading, readDocument } from '../documents/document.ts'
import { integer, name, oneOrMore } from '../documents/fields.ts'
import { MACHINE_LIMITS } from '../world/machines.ts'
import { Entry, Exit, Goal, Holdout } from './entries/entry.ts'
import { nameSteps } from './steps/name-steps.ts'
import { Steps } from './steps/read-steps.ts'

/** What stands before a journey's name in that of its machine, at the longest: `throughline-`, a brand of 20, and a hyphen. */
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
  .transform((journey) => ({ ...journey, steps: nameSteps(journey.steps) }))

export type Journey = z.infer<typeof JourneyDocument>

/** Reads a journey's YAML; what it points at elsewhere in the brand is checked by `checkJourney`. */
export function readJourney(file: string, text: string): Reading<Journey> {
  return readDocument(file, text, JourneyDocument)
}
