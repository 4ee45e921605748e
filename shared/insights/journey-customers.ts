import { standingRuns } from '../journeys/runs/open-runs.ts'
import { describeStand } from '../journeys/runs/stand.ts'
import { journeyVersion, publishedJourneys } from '../journeys/versions/live.ts'
import type { World } from '../world/world.ts'

/** How many customers stand at a step of one version. */
export interface StepCount {
  readonly version: number
  /** Absent at the end. */
  readonly step?: string | undefined
  readonly doing: string
  readonly customers: number
  /** Those of them who are held because the journey is paused. */
  readonly held: number
}

export interface JourneyCustomers {
  readonly steps: readonly StepCount[]
  /** False where there are more customers than one answer counts. */
  readonly isWhole: boolean
}

/** Where everybody in a journey stands, by version and step. @returns undefined when there is no such journey */
export async function journeyCustomers(
  world: Pick<World, 'table' | 'clock'>,
  journey: string,
): Promise<JourneyCustomers | undefined> {
  if (!(await publishedJourneys(world)).has(journey)) return undefined
  const { runs, isWhole } = await standingRuns(world, journey)
  const groups = [...Map.groupBy(runs, ({ enrolment, stand }) => `${enrolment.version} ${stand.step ?? ''}`).values()]
  const steps = await Promise.all(
    groups.map(async (group) => {
      const [first] = group
      if (first === undefined) return []
      const {
        enrolment: { version },
        stand,
      } = first
      const { doing } = describeStand((await journeyVersion(world, journey, version)).content.document.steps, stand)
      const held = group.filter((one) => one.stand.parked).length
      return [{ version, step: stand.step, doing, customers: group.length, held }]
    }),
  )
  return { steps: steps.flat().sort((a, b) => a.version - b.version || b.customers - a.customers), isWhole }
}
