import { describe, expect, it } from 'vitest'
import { checkDefinition } from '#local/machines/check-definition.ts'
import { MOST_HOLDS } from '#shared/decisions/decide.ts'
import { waysOf } from '#shared/journeys/check/follow.ts'
import { eventsOf } from '#shared/journeys/check/history.ts'
import { compileJourney, compileMoved } from '#shared/journeys/compile.ts'
import type { Journey } from '#shared/journeys/journey.ts'
import { drawSplits } from '#shared/journeys/runs/run.ts'
import { stepKinds } from '#shared/journeys/steps/catalog.ts'
import { allSteps } from '#shared/journeys/steps/name-steps.ts'
import { MACHINE_LIMITS } from '#shared/world/machines.ts'
import { aJourneyOf, EVERY_KIND, EXAMPLE_JOURNEYS } from '#test/builders/example-journeys.ts'
import { type Walk, walkMachine } from '#test/builders/walk-machine.ts'
import { validateDefinition } from './validate-definition.ts'

/*
 * What Step Functions will say to the machines that are published at run time, as far as it can be known without it: two
 * validators find nothing, and no way through them comes near a limit that ends an execution.
 */

const JOURNEYS = Object.entries({
  ...EXAMPLE_JOURNEYS,
  'every kind of step': aJourneyOf('every-kind.yaml', EVERY_KIND),
})

/** A run's input at its longest: the ids are as long as ours are, the version and the moment far in the future. */
function anInput({ journey, steps }: Journey) {
  const customer = 'c'.repeat(64)
  const splits = drawSplits(customer, steps)
  return {
    customer,
    enrolment: 'e'.repeat(22),
    run: 1_000_000,
    journey,
    version: 1_000_000,
    seen: 1_000_000_000,
    ...(splits === undefined ? {} : { splits }),
  }
}

function walks(journey: Journey, options: { readonly holds?: number; readonly failing?: boolean } = {}) {
  const tries = (id: string): number => triesOf(journey, id)
  return walkMachine(compileJourney(journey), { input: anInput(journey), tries, ...options })
}

function triesOf({ steps }: Journey, id: string): number {
  const step = allSteps(steps).find((one) => one.id === id)
  return Math.max(1, ...(step === undefined ? [] : waysOf(step).map(({ sends = [] }) => sends.length)))
}

/** docs.aws.amazon.com/step-functions, "Service quotas": the entries that a history may have. */
const MOST_EVENTS = 25_000

const most = (all: readonly Walk[], what: (walk: Walk) => number): number => Math.max(...all.map(what))

describe('the journey of every kind of step', () => {
  it('has every kind of step', () => {
    const { steps } = aJourneyOf('every-kind.yaml', EVERY_KIND)
    expect(new Set(allSteps(steps).map(({ kind }) => kind))).toEqual(new Set(Object.keys(stepKinds)))
  })
})

describe.each(JOURNEYS)('the machine of %s', (_name, journey) => {
  it.each([
    ['that runs enter', compileJourney],
    ['that runs are moved into', compileMoved],
  ])('%s is sound to two validators, and to our own', async (_which, compile) => {
    const definition = compile(journey)
    expect(await validateDefinition(definition)).toEqual([])
    expect(checkDefinition(definition)).toEqual([])
    expect(Buffer.byteLength(JSON.stringify(definition))).toBeLessThan(MACHINE_LIMITS.definitionBytes / 4)
  })

  it('ends well, whichever way a run takes', async () => {
    const all = await walks(journey)
    expect(all.filter(({ ended }) => ended !== 'succeeded')).toEqual([])
  })

  it('has no longer a history than "check" says, when every message is held as often as may be', async () => {
    const all = await walks(journey, { holds: MOST_HOLDS })
    expect(most(all, ({ events }) => events)).toBeLessThanOrEqual(eventsOf(journey.steps).most)
  })

  it('stays far from where Step Functions ends an execution, even when every task fails as often as it may', async () => {
    const all = await walks(journey, { holds: MOST_HOLDS, failing: true })
    expect(most(all, ({ events }) => events)).toBeLessThan(MOST_EVENTS / 4)
    expect(most(all, ({ largest }) => largest)).toBeLessThan(MACHINE_LIMITS.payloadBytes / 8)
  })
})

describe('the machine of abandoned-order', () => {
  it('takes at most 5 transitions a message on its longest way', async () => {
    const [longest] = (await walks(journeyOf('abandoned-order'))).toSorted((a, b) => b.transitions - a.transitions)
    expect((longest?.transitions ?? Number.NaN) / (longest?.sent ?? Number.NaN)).toBeLessThanOrEqual(5)
  })
})

function journeyOf(name: string): Journey {
  return EXAMPLE_JOURNEYS[name] ?? expect.fail(`There is no ${name}.`)
}
