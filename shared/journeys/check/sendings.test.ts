import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aBrand } from '#test/builders/a-brand.ts'
import { aJourney } from '#test/builders/a-journey.ts'
import { journeyYaml, someSteps } from '#test/builders/some-journey.ts'
import { DAY, HOUR } from '../../time/duration.ts'
import { type Journey, readJourney } from '../journey.ts'
import { kindOf, pathsOf } from '../steps/catalog.ts'
import type { StepBase } from '../steps/step-kind.ts'
import { boundsOf } from './bounds-of.ts'
import { waysOf } from './follow.ts'
import { linesOf, mostSendings } from './sendings.ts'

const most = (steps: readonly StepBase[], within = Number.POSITIVE_INFINITY): number =>
  mostSendings(steps, { counts: () => true, within, she: 'quick' }).count

describe('the most messages', () => {
  it.each([
    ['none', '  - wait: 1 day', 0, 0],
    ['one after the other', '  - send: hello\n  - send: hello', 2, 2],
    [
      'as far apart as the waits say',
      '  - send: hello\n  - wait: 23 hours\n  - send: hello\n  - wait: 1 hour\n  - send: hello',
      3,
      2,
    ],
    [
      'on one of the paths',
      '  - { if: { trait: a, is: b }, then: [{ send: hello }], else: [{ send: hello }, { send: hello }] }',
      2,
      2,
    ],
    [
      'up to the exit',
      '  - { if: { trait: a, is: b }, then: [{ send: hello }, { exit: done }] }\n  - send: hello',
      1,
      1,
    ],
    ['whether it was sent or not', '  - { send: hello, if not sent: [{ send: hello }] }\n  - send: hello', 2, 2],
    ['at once after what she does', '  - send: hello\n  - { await: a.b, within: 5 days }\n  - send: hello', 2, 2],
    [
      'after what she does not do',
      '  - send: hello\n  - { await: a.b, within: 5 days, then: [{ exit: no }] }\n  - send: hello',
      2,
      1,
    ],
    ['in every round', '  - { repeat: [{ send: hello }, { wait: 6 hours }], up to: 10 times }', 10, 4],
    ['when a step fails', '  - { wait: 1 hour, if it fails: [{ send: hello }] }', 1, 1],
  ])('%s', (_, yaml, inAll, perDay) => {
    const { steps } = aJourney(yaml)
    expect([most(steps), most(steps, DAY)]).toEqual([inAll, perDay])
  })

  it('comes with a path that sends them', () => {
    const { steps } = aJourney('  - wait: 1 hour\n  - { await: a.b, within: 1 day, then: [{ send: hello }] }')
    const { trail } = mostSendings(steps, { counts: () => true, within: DAY, she: 'quick' })
    expect(linesOf(trail)).toEqual(['wait 1 hour', 'await a.b within 1 day → a.b', 'send hello'])
  })
})

/** Every path by itself: the moments of its messages, when she does everything at once. */
function paths(
  steps: readonly StepBase[],
  at = 0,
): readonly { readonly at: number; readonly sent: readonly number[]; readonly ends: boolean }[] {
  const [step, ...rest] = steps
  if (step === undefined) return [{ at, sent: [], ends: false }]
  const own = waysOf(step).flatMap(({ path, least, sends = [] }) => {
    const inside = path === undefined ? [] : (kindOf(step).paths(step)[path]?.steps ?? [])
    const sent = sends.map(({ after = 0 }) => at + after)
    return roundsOf(step, inside).flatMap((round) =>
      paths(round, Math.max(at + least, ...sent)).map((one) => ({ ...one, sent: [...sent, ...one.sent] })),
    )
  })
  const all = [...own, ...(step.ifItFails === 'exit' ? [] : failures(step, at))]
  if (all.length === 0) return [{ at, sent: [], ends: true }]
  return all.flatMap((one) =>
    one.ends ? [one] : paths(rest, one.at).map((next) => ({ ...next, sent: [...one.sent, ...next.sent] })),
  )
}

/** A step that fails may have sent what it would send on any of its ways. */
function failures(step: StepBase, at: number): ReturnType<typeof paths> {
  const steps = typeof step.ifItFails === 'string' ? [] : step.ifItFails
  return [{ sends: [] }, ...waysOf(step)].flatMap(({ sends = [] }) => {
    const sent = sends.map(({ after = 0 }) => at + after)
    return paths(steps, Math.max(at, ...sent)).map((one) => ({ ...one, sent: [...sent, ...one.sent] }))
  })
}

/** The steps inside once; of a repeat as often as it may go round. */
function roundsOf(step: StepBase, inside: readonly StepBase[]): readonly (readonly StepBase[])[] {
  const times = kindOf(step).times?.(step)
  if (times === undefined) return [inside]
  return Array.from({ length: times + 1 }, (_, rounds) => Array.from({ length: rounds }, () => inside).flat())
}

/** How many steps there are when every repeat is written out. */
function doings(steps: readonly StepBase[]): number {
  return steps.reduce((sum, step) => {
    const inside = pathsOf(step).reduce((all, path) => all + doings(path.steps), 0)
    return sum + 1 + inside * (kindOf(step).times?.(step) ?? 1)
  }, 0)
}

/** The same question asked of each path. */
function mostOfEach(steps: readonly StepBase[], within: number): number {
  return Math.max(
    ...paths(steps).flatMap(({ sent }) => [
      0,
      ...sent.map((first, index) => sent.slice(index).filter((other) => other < first + within).length),
    ]),
  )
}

const anyJourney: fc.Arbitrary<Journey> = someSteps
  .map((steps) => {
    const reading = readJourney('journeys/any.yaml', journeyYaml(steps))
    if (!reading.ok) throw new Error('It reads well.')
    return reading.document
  })
  .filter(({ steps }) => doings(steps) <= 9)

describe('in any journey', () => {
  it('the most of all paths at once is the most of each by itself', () => {
    fc.assert(
      fc.property(anyJourney, fc.constantFrom(HOUR, DAY, 3 * DAY, Number.POSITIVE_INFINITY), ({ steps }, within) => {
        expect(most(steps, within)).toBe(mostOfEach(steps, within))
      }),
    )
  })

  it('a day has no more than all, and a channel no more than all of them', () => {
    fc.assert(
      fc.property(anyJourney, (journey) => {
        const { inAll, perDay, byChannel } = boundsOf(journey, aBrand())
        expect(perDay).toBeLessThanOrEqual(inAll)
        for (const one of Object.values(byChannel)) expect(one.inAll).toBeLessThanOrEqual(inAll)
      }),
    )
  })
})
