import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWarning } from '#shared/documents/document.ts'
import { Unavailable } from '#shared/errors/errors.ts'
import { checkJourney } from '#shared/journeys/check/check-journey.ts'
import { readJourney } from '#shared/journeys/journey.ts'
import type { Delivery, Provider } from '#shared/world/provider.ts'
import { aBrand } from '#test/builders/a-brand.ts'
import { aStage } from '#test/builders/a-system.ts'
import { journeyYaml, MESSAGES, someSteps, TYPES } from '#test/builders/some-journey.ts'

/*
 * Whatever a marketer writes that the check lets through, whatever the customer does and however providers behave:
 * a run comes to an end by itself, leaves her profile, and has a reason.
 */

const surroundings = {
  brand: aBrand(),
  messages: Object.fromEntries(MESSAGES.map((message) => [message, ['sms', 'push']])),
}

const someYaml = someSteps.map(journeyYaml).filter((yaml) => {
  const reading = readJourney('journeys/any.yaml', yaml)
  return reading.ok && checkJourney(reading.document, reading.source, surroundings).every(isWarning)
})

const BEHAVIOURS = ['takes it', 'refuses', 'refuses for good', 'is down', 'does not answer'] as const

type Behaviour = (typeof BEHAVIOURS)[number]

/** A provider that behaves in turn as it is told, and then takes everything. */
function aProvider(behaviours: readonly Behaviour[]): Provider {
  let calls = 0
  const deliver = async (): Promise<Delivery> => {
    const behaviour = behaviours[calls++] ?? 'takes it'
    if (behaviour === 'is down') throw new Unavailable('test.down', 'It is down.')
    if (behaviour === 'does not answer') throw new Error('The connection broke.')
    if (behaviour === 'takes it') return { outcome: 'accepted', providerId: `message-${calls}` }
    return { outcome: 'refused', reason: 'invalid', suppress: behaviour === 'refuses for good' }
  }
  return { name: 'test', idempotency: 'none', deliver }
}

/** What she does after so many hours. */
const someLife = fc.array(
  fc.record({
    hours: fc.integer({ min: 0, max: 60 }),
    type: fc.constantFrom(...TYPES),
    total: fc.integer({ min: 5, max: 15 }),
  }),
  { maxLength: 5 },
)

const ADA = { userId: 'ada' }

const signedUp = {
  type: 'customer.signed-up',
  identifiers: { ...ADA, phone: '+4520123456' },
  device: { id: 'phone', platform: 'ios', pushToken: 'token' },
  traits: { plan: 'pro', pointsExpireOn: '2026-03-20' },
  consent: { offers: { sms: true, push: true } },
}

describe('any journey', () => {
  it('ends by itself, with a reason, and is gone from her profile', async () => {
    await fc.assert(
      fc.asyncProperty(someYaml, someLife, fc.array(fc.constantFrom(...BEHAVIOURS)), async (yaml, life, behaviours) => {
        const provider = aProvider(behaviours)
        const { receive, advance, customer, system } = await aStage({
          journeys: { any: yaml },
          messages: MESSAGES,
          forms: ['sms', 'push'],
          providers: { sms: provider, push: provider },
        })
        await receive(signedUp, { type: 'order.started', identifiers: ADA, properties: { total: 10 } })
        for (const { hours, type, total } of life) {
          await advance(`${hours} hours`)
          await receive({ type, identifiers: ADA, properties: { total } })
        }
        await advance('400 days')
        expect(system.machines.counts()).toMatchObject({ running: 0, failed: 0, succeeded: 1 })
        const view = await customer({ kind: 'userId', value: 'ada' })
        expect(view?.profile.running).toEqual([])
        const ended = view?.thread.filter((entry) => entry.kind === 'journey' && entry.event === 'ended')
        expect(ended?.map(({ text }) => text)).toEqual([
          expect.stringMatching(/^left any: (completed|not-sent|date-missing|date-past|had enough|failed \(.+\))$/),
        ])
        await system.stop()
      }),
      { numRuns: 40 },
    )
  })
})
