import type { TaskInput } from '../../journeys/runs/run.ts'
import type { EmitStep } from '../../journeys/steps/emit/emit.ts'
import type { Filler } from '../../journeys/steps/fill-texts.ts'
import type { StartStep } from '../../journeys/steps/start/start.ts'
import type { Json } from '../../world/table.ts'
import type { RecordWorld } from '../recording.ts'
import { recordStep } from './record-step.ts'

/** The task of an `emit` step, and of `start`, which is the touchpoint that lets her into another journey. */
export function emitTouchpoint(input: TaskInput, world: RecordWorld): Promise<void> {
  return recordStep<EmitStep | StartStep>(input, world, (step, fill) => {
    const properties = filled(step.properties, fill)
    return step.kind === 'emit'
      ? { type: step.type, properties }
      : { type: 'journey.started', properties: { ...properties, journey: step.journey, by: 'start' } }
  })
}

/** What has no value is left out. */
function filled(properties: Readonly<Record<string, string>>, fill: Filler): Record<string, Json> {
  const values = Object.entries(properties).map(([name, text]) => [name, fill.value(text)] as const)
  return Object.fromEntries(values.filter(([, value]) => value !== null))
}
