import { strayVariables } from '../../messages/check-template.ts'
import { kindOf } from '../steps/catalog.ts'
import type { Check } from './finding.ts'
import { placedSteps } from './placed-steps.ts'

/** Every variable in the texts of steps is one that somebody fills. */
export const checkTemplates: Check = function* ({ journey, brand, tables }) {
  if (tables === undefined) return
  for (const { step, place } of placedSteps(journey.steps))
    for (const { at, text } of kindOf(step).templates?.(step) ?? [])
      for (const path of strayVariables(text, { brand, tables }))
        yield {
          at: [...place, ...at],
          message: `Nothing fills "${path}".`,
          fix: `Known are customer, entry, saved, brand and the tables; or give it a default: {{ ${path} | default: "" }}.`,
        }
}
