import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkDefinition } from '#local/machines/check-definition.ts'
import { aBrand } from '#test/builders/a-brand.ts'
import { journeyYaml, MESSAGES, someSteps } from '#test/builders/some-journey.ts'
import { validateDefinition } from '#test/conformance/validate-definition.ts'
import { describeProblem, isWarning } from '../documents/document.ts'
import type { Definition } from '../world/machines.ts'
import { checkJourney } from './check/check-journey.ts'
import { compileJourney, reachedStates } from './compile.ts'
import { type Journey, readJourney } from './journey.ts'
import { allSteps } from './steps/name-steps.ts'

const surroundings = {
  brand: aBrand(),
  messages: Object.fromEntries(MESSAGES.map((message) => [message, ['sms', 'push']])),
}

/** Random journeys in which the check finds nothing wrong. */
const someJourney: fc.Arbitrary<Journey> = someSteps
  .map((steps) => {
    const yaml = journeyYaml(steps)
    const reading = readJourney('journeys/any.yaml', yaml)
    if (!reading.ok) throw new Error(`${yaml}\n${reading.problems.map(describeProblem).join('\n')}`)
    return { ...reading, problems: checkJourney(reading.document, reading.source, surroundings) }
  })
  .filter(({ problems }) => problems.every(isWarning))
  .map(({ document }) => document)

type States = Definition['States']

/** States from which one of the machine's ends can still be reached. */
function leadingTo(ends: readonly string[], states: States): ReadonlySet<string> {
  const leading = new Set(ends)
  for (let size = 0; size < leading.size; ) {
    size = leading.size
    for (const name of Object.keys(states))
      if ([...reachedStates({ StartAt: name, States: states })].some((reached) => leading.has(reached)))
        leading.add(name)
  }
  return leading
}

describe('compileJourney', () => {
  it('makes of every journey without a problem a definition that may be published', async () => {
    await fc.assert(
      fc.asyncProperty(someJourney, async (journey) => {
        const definition = compileJourney(journey)
        expect(checkDefinition(definition)).toEqual([])
        expect(await validateDefinition(definition)).toEqual([])
      }),
      { numRuns: 4 },
    )
  })

  it('makes states of which all are reached, all lead to an end, and none is one but "done" and what ends a run', () => {
    fc.assert(
      fc.property(someJourney, (journey) => {
        const { StartAt, States } = compileJourney(journey)
        const names = Object.keys(States).sort()
        expect([...reachedStates({ StartAt, States })].sort()).toEqual(names)
        const ends = names.filter((name) => States[name]?.Type === 'Succeed' || States[name]?.End === true)
        expect([...leadingTo(ends, States)].sort()).toEqual(names)
        for (const name of ends.filter((end) => end !== 'done'))
          expect(States[name]).toMatchObject({ Arguments: { FunctionName: 'end-run' } })
      }),
    )
  })

  it('enters every step by a state of its id', () => {
    fc.assert(
      fc.property(someJourney, (journey) => {
        const { States } = compileJourney(journey)
        for (const { id } of allSteps(journey.steps)) expect(States).toHaveProperty([id])
      }),
    )
  })

  it('gives a state machine that fits into AWS’s names: at most 80 characters', () => {
    fc.assert(
      fc.property(someJourney, (journey) => {
        for (const name of Object.keys(compileJourney(journey).States)) expect(name.length).toBeLessThanOrEqual(80)
      }),
    )
  })
})
