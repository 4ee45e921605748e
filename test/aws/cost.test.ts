import { describe, expect, inject, it } from 'vitest'
import { compileJourney } from '#shared/journeys/compile.ts'
import { EXAMPLE_JOURNEYS } from '#test/builders/example-journeys.ts'
import { walkMachine } from '#test/builders/walk-machine.ts'
import { LOADS } from '../../bench/cost/load.ts'
import { measureJourney, measureTouchpoints, readKaffi } from '../../bench/cost/measures.ts'
import { touchpointsBill } from '../../bench/cost/report.ts'
import { STORIES } from '../../bench/cost/stories.ts'

/*
 * What the whole example brand costs to run, counted on the adapters that are deployed. `npm run cost` prints all of it.
 */

const kaffi = await readKaffi()

describe('a million touchpoints', () => {
  it('cost at most 6 dollars with everything in, however busy the system is, and 5 when it is', async () => {
    const touchpoints = await measureTouchpoints(inject('dynamoDb'), kaffi)
    const bills = LOADS.map((load) => touchpointsBill(touchpoints, load))
    for (const { dollars, lines } of bills) {
      expect(dollars, JSON.stringify(lines)).toBeLessThanOrEqual(6)
      expect(dollars).toBeGreaterThan(3)
    }
    // Of this, what processors do is measured, and not always alike.
    expect(bills.at(-1)?.dollars).toBeLessThanOrEqual(5)
  })
})

describe('abandoned-order, to its end', () => {
  it('enters as many states as its longest way has', async () => {
    const [story] = STORIES.filter(({ journey }) => journey === 'abandoned-order')
    const { watched, count, sent } = await measureJourney(inject('dynamoDb'), kaffi, story!)
    const input = {
      customer: 'c',
      enrolment: 'e',
      run: 1,
      journey: 'abandoned-order',
      version: 1,
      splits: { offer: 0 },
    }
    const walks = await walkMachine(compileJourney(EXAMPLE_JOURNEYS['abandoned-order']!), { input })
    expect(watched.transitions / count).toBe(Math.max(...walks.map(({ transitions }) => transitions)))
    expect(watched.transitions / count / sent).toBeLessThanOrEqual(5)
  })
})
