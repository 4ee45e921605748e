import { kindOf, pathsOf } from '#shared/journeys/steps/catalog.ts'
import type { StepBase } from '#shared/journeys/steps/step-kind.ts'
import type { Json } from '#shared/world/table.ts'

/**
 * The name of the path that a run took inside a step: as its machine said, else the one on which it was seen next.
 * @param output what the machine went on with
 * @param next the step that came next; undefined where the run ended
 */
export function pathTaken(step: StepBase, output: Json | undefined, next: string | undefined): string | undefined {
  if (isInterrupted(output)) return undefined
  const paths = kindOf(step).paths(step)
  const said = placeSaid(step, output)
  if (said !== undefined && said < paths.length) return paths[said]?.name
  const seen = pathsOf(step).find(({ steps }) => steps[0] !== undefined && steps[0].id === next)
  if (seen !== undefined) return seen.name
  const empty = paths.filter(({ steps }) => steps.length === 0)
  return empty.length === 1 ? empty[0]?.name : undefined
}

/** The run ended while it was at this step. */
function isInterrupted(output: Json | undefined): boolean {
  return memberOf(output, 'Error') === 'Left'
}

function placeSaid(step: StepBase, output: Json | undefined): number | undefined {
  const { asks, awaits } = kindOf(step)
  const place = memberOf(output, asks === undefined ? 'matched' : 'branch')
  if (typeof place === 'number') return place
  // After the paths of all that it waited for comes that of none of it.
  return awaits?.(step).length
}

function memberOf(output: Json | undefined, name: string): Json | undefined {
  if (typeof output !== 'object' || output === null || Array.isArray(output)) return undefined
  return (output as { readonly [name: string]: Json | undefined })[name]
}
