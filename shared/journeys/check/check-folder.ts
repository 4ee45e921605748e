import type { Problem, Source } from '../../documents/document.ts'
import type { Journey } from '../journey.ts'
import { checkJourney } from './check-journey.ts'
import { checkCircles } from './circles.ts'
import type { Surroundings } from './finding.ts'
import { checkNearNames } from './near-names.ts'
import { checkStarts } from './starts.ts'

/** A journey as it was read from its file. */
export interface ReadJourney {
  readonly document: Journey
  readonly source: Source
}

/** What is wrong in the journeys of a folder, each by itself and all together. */
export function checkFolder(journeys: readonly ReadJourney[], surroundings: Surroundings): readonly Problem[] {
  return [
    ...journeys.flatMap(({ document, source }) => checkJourney(document, source, surroundings)),
    ...checkStarts(journeys),
    ...checkCircles(journeys),
    ...checkNearNames(journeys, surroundings.brand),
  ]
}
