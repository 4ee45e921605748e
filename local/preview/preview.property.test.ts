import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { publishBrandFolder } from '#shared/journeys/versions/publish.ts'
import { MINUTE } from '#shared/time/duration.ts'
import { aFolder, messagesOf, SHE } from '#test/builders/a-preview.ts'
import { aStage, START } from '#test/builders/a-system.ts'
import { preview } from './preview.ts'

const YAML = `journey: hello
purpose: offers
enter: { when: order.started, key: order_id, same key: restart }
exit: [{ when: order.completed }]
steps:
  - wait: 1 hour
  - send: reminder
    by: [push, sms]
  - await:
      - when: product.viewed
        then: [{ send: offer, by: sms }]
      - when: order.started
        then: [{ wait: 10 minutes }, { send: again, by: sms }]
    within: 3 hours
    else:
      - if: { did: page.viewed, at least: 2 times, in the last: 1 day }
        then: [{ send: regular, by: sms }]
  - send: goodbye
    by: push
    deadline: 1 hour
    if not sent: [{ wait: 1 day }, { send: sorry, by: sms }]`

const folder = await aFolder(YAML)

const someActs = fc.array(
  fc.record({
    type: fc.constantFrom('product.viewed', 'order.started', 'page.viewed', 'order.completed'),
    after: fc.integer({ min: 1, max: 60 }).map((count) => count * 7 * MINUTE),
  }),
  { maxLength: 5 },
)

type Acts = readonly { readonly type: string; readonly after: number }[]

/** What a running system sends to a customer who does the same. */
async function reality(acts: Acts): Promise<readonly string[]> {
  const stage = await aStage()
  await publishBrandFolder(stage.system.world, folder)
  await stage.receive(SHE)
  const identifiers = { userId: 'ada' }
  await stage.receive({ type: 'order.started', identifiers, properties: { order_id: 'o-1' } })
  for (const { type, after } of acts) {
    await stage.system.clock.advance(START + after - stage.system.clock.now())
    await stage.receive({ type, identifiers, properties: { order_id: 'o-1' } })
  }
  await stage.advance('10 days')
  const messages = stage
    .messages()
    .map(({ at, channel, tags }) => `${new Date(at).toISOString()} ${channel} ${tags.message}`)
  await stage.system.stop()
  return messages
}

/** Those who were held over night are woken within ten minutes, each at an instant that her id decides; here are two of her. */
function inTheMorning(message: string): string {
  return message.replace(/T08:0\d:\d\d\.\d{3}Z/, ' in the morning')
}

describe('a preview and reality', () => {
  it('send the same messages at the same times, whatever she does', async () => {
    await fc.assert(
      fc.asyncProperty(someActs, async (some) => {
        const times = new Set(some.map(({ after }) => after))
        fc.pre(times.size === some.length)
        const acts = some.toSorted((a, b) => a.after - b.after)
        const seen = await preview({
          folder,
          journey: 'hello',
          person: { events: [SHE] },
          at: START,
          entry: { properties: { order_id: 'o-1' } },
          answers: acts.map((act) => ({ ...act, properties: {} })),
        })
        expect(messagesOf(seen).map(inTheMorning)).toEqual((await reality(acts)).map(inTheMorning))
      }),
      { numRuns: 25 },
    )
  })
})
