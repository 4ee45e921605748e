import { type Event, hers, order, signUp } from './people.ts'

/** What each of some customers does at a time (ms after the beginning), or what is waited for. */
export interface Story {
  readonly journey: string
  readonly acts: readonly (string | ((n: number, start: number) => Event))[]
}

const DAY = 86_400_000

function day(start: number, days: number): string {
  return new Date(start + days * DAY).toISOString()
}

/** The longest way through each journey of the example brand: nobody does what would end it early. */
export const STORIES: readonly Story[] = [
  {
    journey: 'abandoned-order',
    acts: [(n) => hers(n, 'order.started', { properties: order(n) }), '3 days'],
  },
  {
    journey: 'order-ahead',
    acts: [
      (n) => hers(n, 'order.placed', { properties: order(n) }),
      '10 minutes',
      (n) => hers(n, 'order.ready', { properties: order(n) }),
      '3 hours',
    ],
  },
  { journey: 'welcome', acts: [(n) => signUp(n + 1_000), '2 days'] },
  {
    journey: 'complaint',
    acts: [
      (n) =>
        hers(n, 'complaint.made', {
          properties: { complaint_id: `c-${n}`, order_id: `order-${n}`, topic: 'cold coffee', text: 'It was cold.' },
        }),
      '8 days',
    ],
  },
  {
    journey: 'points-expiring',
    acts: [
      (n, start) =>
        hers(n, 'customer.updated', {
          traits: { pointsExpiring: 80, pointsExpireOn: day(start, 31).slice(0, 10) },
        }),
      '32 days',
    ],
  },
  {
    journey: 'win-back',
    acts: [
      (n, start) =>
        hers(n, 'order.completed', { properties: order(n), occurredAt: day(start, -59.5), mode: 'history' }),
      '15 days',
    ],
  },
]
