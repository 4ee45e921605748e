import { numberIn } from '../../documents/fields.ts'
import { InvalidInput } from '../../errors/errors.ts'
import type { TaskInput } from '../../journeys/runs/run.ts'
import type { Filler } from '../../journeys/steps/fill-texts.ts'
import { isList, type UpdateStep } from '../../journeys/steps/update/update.ts'
import type { Json } from '../../world/table.ts'
import type { RecordWorld } from '../recording.ts'
import { recordStep } from './record-step.ts'

/** The task of an `update` step. */
export function updateProfile(input: TaskInput, world: RecordWorld): Promise<void> {
  return recordStep<UpdateStep>(input, world, ({ set, add, remove }, fill) => ({
    type: 'customer.updated',
    properties: { journey: input.journey },
    traits: {
      ...mapValues(set, (text): Json => fill.value(text)),
      ...(isList(remove) ? Object.fromEntries(remove.map((name) => [name, null])) : {}),
    },
    add: mapValues(add, (value) => additionOf(value, fill)),
    remove: isList(remove) ? {} : mapValues(remove, (members) => members.map((member) => fill.text(member))),
  }))
}

function additionOf(value: UpdateStep['add'][string], fill: Filler): number | readonly string[] {
  if (isList(value)) return value.map((member) => fill.text(member))
  const amount = numberIn(typeof value === 'string' ? fill.value(value) : value)
  if (amount !== undefined) return amount
  throw new InvalidInput('update.no-number', `What is to be added is no number for this customer: ${value}.`)
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]))
}
