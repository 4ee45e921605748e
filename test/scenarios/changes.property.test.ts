import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as YAML from 'yaml'
import { readDispatch } from '#shared/dispatches/dispatch-row.ts'
import { isWarning } from '#shared/documents/document.ts'
import { checkJourney } from '#shared/journeys/check/check-journey.ts'
import { readJourney } from '#shared/journeys/journey.ts'
import { kindOf, pathsOf, stepKinds } from '#shared/journeys/steps/catalog.ts'
import type { StepBase } from '#shared/journeys/steps/step-kind.ts'
import { beginMove } from '#shared/journeys/versions/move.ts'
import { MoveRules } from '#shared/journeys/versions/move-plan.ts'
import { steer } from '#shared/journeys/versions/steer.ts'
import { aBrand } from '#test/builders/a-brand.ts'
import { aStage, type Stage } from '#test/builders/a-system.ts'
import { journeyYaml, MESSAGES, someSteps, TYPES, type WrittenStep } from '#test/builders/some-journey.ts'

/*
 * Whatever a marketer does to a journey while somebody is in it (pause, resume, retire, publish with other times and more
 * steps, and move her along), in whatever order and whatever she does meanwhile: she is not lost, she is not stuck, and
 * no step writes to her more often than it is written.
 */

const surroundings = {
  brand: aBrand(),
  messages: Object.fromEntries(MESSAGES.map((message) => [message, ['sms', 'push']])),
}

const KEYS = new Set(Object.values(stepKinds).map(({ key }) => key as string))
const TIMES = ['90 seconds', '1 hour', '3 hours', '2 days']

/** The same journey with a name for each step, so that versions of it know each other's, and times that are moved on. */
function edited(steps: readonly WrittenStep[], shift: number): readonly WrittenStep[] {
  let count = 0
  const walk = (value: unknown, inCases = false): unknown => {
    if (Array.isArray(value)) return value.map((one) => walk(one, inCases))
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).map(([key, inner]) => [key, walkMember(key, inner)])
    const isStep = !inCases && Object.keys(value).some((key) => KEYS.has(key))
    return { ...Object.fromEntries(entries), ...(isStep ? { name: `s${count++}` } : {}) }
  }
  const walkMember = (key: string, inner: unknown): unknown => {
    if (key !== 'wait' && key !== 'within') return walk(inner, key === 'branch')
    const place = TIMES.indexOf(String(inner))
    return place < 0 ? inner : TIMES[(place + shift) % TIMES.length]
  }
  return walk(steps) as readonly WrittenStep[]
}

const yamlOf = (steps: readonly WrittenStep[], shift: number, more: number) =>
  journeyYaml([
    ...edited(steps, shift),
    ...Array.from({ length: more }, (_, n) => ({ send: 'hello', by: 'sms', name: `more-${n}` })),
  ])

const isSound = (yaml: string): boolean => {
  const reading = readJourney('journeys/any.yaml', yaml)
  return reading.ok && checkJourney(reading.document, reading.source, surroundings).every(isWarning)
}

const someJourney = someSteps.filter(
  (steps) => steps.length > 0 && [0, 1].every((more) => isSound(yamlOf(steps, 0, more))),
)

const someAction = fc.oneof(
  { weight: 3, arbitrary: fc.record({ hours: fc.integer({ min: 0, max: 60 }), type: fc.constantFrom(...TYPES) }) },
  fc.record({ steering: fc.constantFrom('pause', 'pause', 'resume', 'retire') }),
  fc.record({ shift: fc.nat(3), more: fc.nat(2), waits: fc.constantFrom('keep', 'restart', 'leave') }),
)

type Action = typeof someAction extends fc.Arbitrary<infer T> ? T : never

const ADA = { userId: 'ada' }

const signedUp = {
  type: 'customer.signed-up',
  identifiers: { ...ADA, phone: '+4520123456' },
  device: { id: 'phone', platform: 'ios', pushToken: 'token' },
  traits: { plan: 'pro' },
  consent: { offers: { sms: true, push: true } },
}

const folderOf = (yaml: string) => ({ journeys: { any: yaml }, messages: MESSAGES, forms: ['sms', 'push'] as const })

async function act(stage: Stage, steps: readonly WrittenStep[], action: Action): Promise<void> {
  const { world } = stage.system
  if ('steering' in action) await steer(world, 'any', action.steering, 'ada')
  else if ('type' in action) {
    await stage.advance(`${action.hours} hours`)
    await stage.receive({ type: action.type, identifiers: ADA, properties: { total: 12 } })
  } else {
    await stage.publish(folderOf(yamlOf(steps, action.shift, action.more)))
    await beginMove(world, 'any', MoveRules.parse({ waits: action.waits, stay: ['more-0', 'more-1'] }))
  }
  await stage.advance('0 seconds')
}

/** How often a step may write, by its name: once for each round, and each channel that it tries. */
function most(steps: readonly StepBase[], times = 1): ReadonlyMap<string, number> {
  const all = new Map<string, number>()
  for (const step of steps) {
    all.set(step.id, 'tryNext' in step && step.tryNext !== undefined ? 2 * times : times)
    const inside = kindOf(step).times?.(step) ?? 1
    for (const path of pathsOf(step)) for (const [id, count] of most(path.steps, times * inside)) all.set(id, count)
  }
  return all
}

describe('a journey that is changed with somebody in it', () => {
  it('loses nobody, doubles nothing, and comes to its end', async () => {
    await fc.assert(
      fc.asyncProperty(someJourney, fc.array(someAction, { minLength: 2, maxLength: 8 }), async (steps, actions) => {
        const stage = await aStage(folderOf(yamlOf(steps, 0, 0)))
        await stage.receive(signedUp, { type: 'order.started', identifiers: ADA, properties: { total: 10 } })
        for (const action of actions) await act(stage, steps, action)
        await steer(stage.system.world, 'any', 'resume', 'ada')
        await stage.advance('150 days')
        const { running, failed } = stage.system.machines.counts()
        expect({ running, failed }).toEqual({ running: 0, failed: 0 })
        const ada = await stage.customer({ kind: 'userId', value: 'ada' })
        expect(ada?.profile.running).toEqual([])
        const ended = ada?.thread.filter((entry) => entry.kind === 'journey' && entry.event === 'ended')
        expect(ended?.map(({ text }) => text)).toEqual([expect.stringMatching(/^left any: (?!expired)/)])
        await expectNoneDoubled(stage, ada?.customer ?? '', readJourney('any.yaml', yamlOf(steps, 0, 2)))
        await stage.system.stop()
      }),
      { numRuns: 30 },
    )
  })
})

async function expectNoneDoubled(
  { system }: Stage,
  customer: string,
  reading: ReturnType<typeof readJourney>,
): Promise<void> {
  if (!reading.ok) throw new Error('The journey cannot be read.')
  const { items } = await system.world.table.query({ pk: `C#${customer}`, prefix: 'D#', limit: 1_000 })
  const sent = items.map(readDispatch).filter(({ state }) => state === 'sent' || state === 'delivered')
  const allowed = most(reading.document.steps)
  for (const [step, dispatches] of Map.groupBy(sent, (dispatch) => dispatch.step))
    expect(dispatches.length, `${step}: ${YAML.stringify(dispatches)}`).toBeLessThanOrEqual(allowed.get(step) ?? 0)
}
