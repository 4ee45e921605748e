import { type Condition, kindOf } from './condition.ts'

/** The condition in one line of plain English, as in `her plan is pro and she is in segment loyal`. */
export function describe(condition: Condition): string {
  return kindOf(condition).describe(condition, describe)
}
