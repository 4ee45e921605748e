import type { Problem } from '../../documents/document.ts'
import { kindOf } from '../steps/catalog.ts'
import type { ReadJourney } from './check-folder.ts'
import { placedSteps } from './placed-steps.ts'

/** A journey that another one starts has a door for it. */
export function checkStarts(journeys: readonly ReadJourney[]): readonly Problem[] {
  const closed = new Set(
    journeys.filter(({ document }) => document.enter.on.kind !== 'api').map(({ document }) => document.journey),
  )
  return journeys.flatMap(({ document, source }) =>
    placedSteps(document.steps).flatMap(({ step, place }) =>
      kindOf(step)
        .references(step)
        .filter(({ kind, name }) => kind === 'journey' && closed.has(name))
        .map(({ name }) =>
          source.problemAt(
            [...place, step.kind],
            `Nobody can be let into "${name}" from here: it is entered in another way.`,
            'Give it "enter: { api: yes }", or emit the touchpoint that it asks for.',
          ),
        ),
    ),
  )
}
