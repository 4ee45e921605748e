import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { journeyYaml, someSteps } from '#test/builders/some-journey.ts'
import { readJourney } from '../journey.ts'
import { allSteps } from './name-steps.ts'

describe('nameSteps', () => {
  it('gives every step an id of its own, whatever the journey', () => {
    fc.assert(
      fc.property(someSteps, (steps) => {
        const reading = readJourney('any.yaml', journeyYaml(steps))
        if (!reading.ok) throw new Error('The journeys of this test read well.')
        const ids = allSteps(reading.document.steps).map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
        for (const id of ids) expect(id).toMatch(/^[a-z0-9][a-z0-9-]*$/)
      }),
    )
  })
})
