import { publishTo } from '#test/builders/a-system.ts'
import type { Moment, Story } from './story.ts'

const HOUR = 60

const ADA = { userId: 'ada' }

const ordered = (at: number, id: string): Moment => ({
  at,
  events: [
    {
      id,
      type: 'order.completed',
      identifiers: { ...ADA, phone: '+4520123456' },
      occurredAt: new Date(Date.parse('2026-03-10T10:00:00Z') + at * 60_000).toISOString(),
      consent: { offers: { sms: true } },
    },
  ],
})

const REGULARS = '{ did: order.completed, at least: 2 times, in the last: 20 hours }'

const aSegmentJoined: Story = {
  name: 'a segment is joined by what she did, and left as time passes',
  journeys: {
    regular: `
journey: regular
purpose: offers
enter: { joins segment: regulars }
steps: [{ send: hello, by: sms }]
`,
    gone: `
journey: gone
purpose: offers
enter: { leaves segment: regulars }
steps: [{ send: bye, by: sms }]
`,
  },
  segments: { regulars: REGULARS, quiet: '{ not in segment: regulars }' },
  messages: ['hello', 'bye'],
  moments: [ordered(0, 'first'), ordered(2 * HOUR, 'second')],
  until: 30 * HOUR,
}

const aSegmentPublished: Story = {
  name: 'a segment is published when there are customers',
  journeys: {},
  messages: ['hello'],
  moments: [
    ordered(0, 'first'),
    {
      at: 10,
      events: [],
      act: (world) => publishTo(world, { segments: { regulars: REGULARS, buyers: 'did: order.completed' } }),
    },
    ordered(2 * HOUR, 'second'),
  ],
  until: 30 * HOUR,
}

export const segmentStories: readonly Story[] = [aSegmentJoined, aSegmentPublished]
