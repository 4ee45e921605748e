import * as z from 'zod'
import { describeZones, whereaboutsOf } from '../../../decisions/zone.ts'
import { liveBrand } from '../../../dispatches/brand-documents.ts'
import { traitOf } from '../../../profiles/profile.ts'
import type { World } from '../../../world/world.ts'
import { type Alarm, enrolmentKey } from '../../runs/enrolment.ts'
import { TaskInput } from '../../runs/run.ts'
import { sceneOf } from '../step-scene.ts'
import { untilDate, untilTime } from './until-when.ts'
import type { WaitUntilStep } from './wait-until.ts'

export const AlarmInput = TaskInput.extend({
  /** When the step was reached (epoch ms); absent the first time. */
  askedAt: z.number().optional(),
})

type AlarmInput = z.infer<typeof AlarmInput>

interface Answer {
  readonly outcome: Alarm['outcome']
  /** ISO 8601, for the machine. */
  readonly until?: string
  readonly again?: { readonly askedAt: number }
}

/**
 * The task of a `wait until` step: until when, as things are now. It is asked again when that time has come, so that what
 * has changed meanwhile counts: a date that moved, a zone she told us.
 */
export async function findInstant(input: AlarmInput, world: Pick<World, 'table' | 'clock'>): Promise<Answer> {
  const { step, profile } = await sceneOf<WaitUntilStep>(input, world)
  const now = world.clock.now()
  const { askedAt = now } = input
  const { zones, by } = whereaboutsOf(profile, await liveBrand(world))
  const asked = { now, askedAt, isFirst: input.askedAt === undefined, zone: zones[0] ?? 'UTC' }
  const found =
    'time' in step.until ? untilTime(step.until, asked) : untilDate(step.until, (name) => traitOf(profile, name), asked)
  const alarm: Alarm = { step: step.id, detail: describeZones(zones, by), ...found }
  await world.table.write([
    { set: enrolmentKey(input.customer, input.enrolment), attributes: { alarm }, when: 'present' },
  ])
  if (found.outcome !== 'wait' || found.until === undefined) return { outcome: found.outcome }
  return { outcome: 'wait', until: new Date(found.until).toISOString(), again: { askedAt } }
}
