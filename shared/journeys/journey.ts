import * as z from 'zod'
import { type Reading, readDocument } from '../documents/document.ts'
import { integer, name, oneOrMore } from '../documents/fields.ts'
import { Entry, Exit, Goal, Holdout } from './entry.ts'
import { nameSteps } from './steps/name-steps.ts'
import { Steps } from './steps/read-steps.ts'

/** A journey as a marketer writes it. */
const Document = z
  .strictObject({
    journey: name,
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

export type Journey = z.infer<typeof Document>

/** Reads a journey's YAML; what it points at elsewhere in the brand is checked by `checkJourney`. */
export function readJourney(file: string, text: string): Reading<Journey> {
  return readDocument(file, text, Document)
}
