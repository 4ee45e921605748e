import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWarning } from '#shared/documents/document.ts'
import { boundsOf } from '#shared/journeys/check/bounds-of.ts'
import { checkJourney } from '#shared/journeys/check/check-journey.ts'
import { readJourney } from '#shared/journeys/journey.ts'
import { DAY } from '#shared/time/duration.ts'
import { aBrand } from '#test/builders/a-brand.ts'
import { aStage } from '#test/builders/a-system.ts'
import { journeyYaml, MESSAGES, someSteps, TYPES } from '#test/builders/some-journey.ts'

const surroundings = {
  brand: aBrand(),
  messages: Object.fromEntries(MESSAGES.map((message) => [message, ['sms', 'push']])),
}

/** Journeys that may be published, with what `throughline check` proves of them. */
const someJourney = someSteps.map(journeyYaml).chain((yaml) => {
  const reading = readJourney('journeys/any.yaml', yaml)
  if (!reading.ok || !checkJourney(reading.document, reading.source, surroundings).every(isWarning))
    return fc.constant(undefined)
  return fc.constant({ yaml, bounds: boundsOf(reading.document, surroundings.brand) })
})

const someLife = fc.array(fc.record({ hours: fc.integer({ min: 0, max: 60 }), type: fc.constantFrom(...TYPES) }), {
  maxLength: 6,
})

const ADA = { userId: 'ada' }

const signedUp = {
  type: 'customer.signed-up',
  identifiers: { ...ADA, phone: '+4520123456' },
  device: { id: 'phone', platform: 'ios', pushToken: 'token' },
  traits: { plan: 'pro' },
  consent: { offers: { sms: true, push: true } },
}

/** Webhooks that nobody answers are tried again for some minutes each; the proof is about what does not fail. */
const RETRIES = 2 * DAY

describe('what is proved of a journey', () => {
  it('is so of every run: the messages in all, in any 24 hours, and the time it lasts', async () => {
    await fc.assert(
      fc.asyncProperty(someJourney, someLife, async (journey, life) => {
        fc.pre(journey !== undefined)
        const { yaml, bounds } = journey
        const { receive, advance, customer, messages, system } = await aStage({
          journeys: { any: yaml },
          messages: MESSAGES,
          forms: ['sms', 'push'],
        })
        await receive(signedUp, { type: 'order.started', identifiers: ADA, properties: { total: 10 } })
        const entered = system.clock.now()
        for (const { hours, type } of life) {
          await advance(`${hours} hours`)
          await receive({ type, identifiers: ADA, properties: { total: 10 } })
        }
        const passed = system.clock.now() - entered
        await advance(`${Math.ceil(Math.max(0, bounds.longest - passed + RETRIES) / 1_000)} seconds`)
        const sent = messages().map(({ at }) => at)
        expect(sent.length).toBeLessThanOrEqual(bounds.inAll)
        for (const first of sent)
          expect(sent.filter((at) => at >= first && at < first + DAY).length).toBeLessThanOrEqual(bounds.perDay)
        expect((await customer({ kind: 'userId', value: 'ada' }))?.profile.running).toEqual([])
        await system.stop()
      }),
      { numRuns: 30 },
    )
  })
})
