import { afterAll, describe, expect, it } from 'vitest'
import { readDispatch } from '#shared/dispatches/dispatch-row.ts'
import { readTimelineItem } from '#shared/profiles/timeline-row.ts'
import { record, recover } from './crash-points.ts'
import { Stages, type Story, type Telling } from './story.ts'

/*
 * She answers a message at once, while the process that sent it is dead and the steps up to the wait are still to be
 * taken. What came after the message counts as the answer, whenever the wait begins; what came before it does not.
 */

const stages = new Stages()
afterAll(() => stages.remove())

const started = {
  id: 'started',
  type: 'order.started',
  identifiers: { email: 'ada@example.org' },
  traits: { plan: 'free' },
}
const viewed = { id: 'viewed', type: 'product.viewed', identifiers: { email: 'ada@example.org' } }

const STORY: Story = {
  name: 'she answers at once',
  journeys: {
    asking: `
journey: asking
purpose: service
enter: { when: order.started }
steps:
  - { send: question, by: email }
  - if: { trait: plan, is: free }
    then: [{ update: { set: { asked: "yes" } } }]
  - await: product.viewed
    within: 1 day
    then: [{ send: thanks, by: email }]
    else: [{ send: last-call, by: email }]
`,
  },
  messages: ['question', 'thanks', 'last-call'],
  moments: [
    { at: 0, events: [started] },
    { at: 0, events: [viewed] },
  ],
  until: 3 * 24 * 60,
}

/** Whether she looked after the question was sent, and what she got for it. */
async function whatCame({ system }: Telling) {
  const { items } = await system.world.table.scan({ limit: 1_000 })
  const dispatches = items.filter(({ sk }) => sk.startsWith('D#')).map(readDispatch)
  const looked = items.filter(({ sk }) => sk.endsWith('#viewed')).map(readTimelineItem)
  const question = dispatches.find(({ message }) => message === 'question')
  return {
    answered: (looked[0]?.moment ?? 0) > (question?.seen ?? 0),
    got: dispatches.map(({ message }) => message).toSorted(),
  }
}

describe('an answer', () => {
  it('is heard wherever the process dies before the wait', async () => {
    const recording = await record(STORY, stages, await stages.publish(STORY))
    const outcomes = new Set<boolean>()
    for (const [n, point] of recording.points.entries()) {
      const { answered, got } = await recover(STORY, recording, point, stages, {}, whatCame)
      outcomes.add(answered)
      const expected = answered ? ['question', 'thanks'] : ['last-call', 'question']
      expect(got, `crash ${n} of ${recording.points.length}, ${point.label}`).toEqual(expected)
    }
    expect(outcomes).toEqual(new Set([true, false]))
  }, 60_000)
})
