import type { Problem, Source } from '../../documents/document.ts'
import { compileJourney } from '../compile.ts'
import type { Journey } from '../journey.ts'
import { checkCaps } from './caps.ts'
import { checkContent } from './content.ts'
import { checkDeadBranches } from './dead-branches.ts'
import { checkDoors } from './doors.ts'
import { checkEndings } from './endings.ts'
import type { Check, Surroundings } from './finding.ts'
import { checkNames, sameNames } from './names.ts'
import { checkReach } from './reach.ts'
import { checkReferences } from './references.ts'
import { checkSize } from './size.ts'
import { checkTemplates } from './templates.ts'
import { checkVariables } from './variables.ts'

/** Everything that is looked at in a journey that reads well by itself. */
const CHECKS: readonly Check[] = [
  checkReferences,
  checkSize,
  checkNames,
  checkReach,
  checkDoors,
  checkDeadBranches,
  checkContent,
  checkVariables,
  checkTemplates,
  checkCaps,
  checkEndings,
]

/** What is wrong in a journey, among the other documents of its folder. */
export function checkJourney(journey: Journey, source: Source, surroundings: Surroundings): readonly Problem[] {
  const machine = sameNames(journey.steps).length > 0 ? undefined : compileJourney(journey)
  const subject = { ...surroundings, journey, machine }
  return CHECKS.flatMap((check) => [...check(subject)]).map(({ at, message, fix, ...more }) => ({
    ...source.problemAt(at, message, fix),
    ...more,
  }))
}
