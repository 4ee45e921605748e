import { describe, expect, it } from 'vitest'
import { aJourney } from '#test/builders/a-journey.ts'
import { drawSplits, enrolmentId, executionName, stableId } from './run.ts'

describe('stableId', () => {
  it('is the same for the same parts and short enough for any name', () => {
    expect(stableId('a', 1)).toBe(stableId('a', 1))
    expect(stableId('a', 1)).toMatch(/^[A-Za-z0-9_-]{22}$/)
  })

  it.each([
    [['a', 'b'], ['ab']],
    [
      ['a', 'b'],
      ['b', 'a'],
    ],
    [
      ['a', 1, 2],
      ['a', 12],
    ],
  ])('tells %j from %j', (one, other) => {
    expect(stableId(...one)).not.toBe(stableId(...other))
  })
})

describe('enrolmentId', () => {
  it('is one for a journey, a customer and a key', () => {
    const ids = [
      enrolmentId('j', 'c', 'k'),
      enrolmentId('j', 'c', 'l'),
      enrolmentId('j', 'd', 'k'),
      enrolmentId('i', 'c', 'k'),
    ]
    expect(new Set(ids).size).toBe(4)
    expect(executionName(ids[0] ?? '', 2)).toBe(`${ids[0]}-2`)
  })
})

describe('drawSplits', () => {
  const SPLIT = (name: string, then = ''): string =>
    `{ split: ${name}, into: [{ name: a, share: 50%${then} }, { name: b, share: 50% }] }`

  it('draws her place in every split of a journey, those inside others too', () => {
    const { steps } = aJourney(
      `  - ${SPLIT('offer', `, then: [${SPLIT('hour')}]`)}\n  - { send: a, if it fails: [${SPLIT('help')}] }`,
    )
    const drawn = drawSplits('cus_ada', steps)
    expect(Object.keys(drawn ?? {})).toEqual(['offer', 'hour', 'help'])
    expect(drawSplits('cus_ada', steps)).toEqual(drawn)
    for (const place of Object.values(drawn ?? {})) expect(place).toBeLessThan(10_000)
  })

  it('draws nothing where there is none', () => {
    expect(drawSplits('cus_ada', aJourney('  - wait: 1 day').steps)).toBeUndefined()
  })
})
