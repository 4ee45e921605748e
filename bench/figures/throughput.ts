import { eventsPerSecond } from '../run-load.ts'
import { type Bench, openBench } from '../stage.ts'

const CUSTOMERS = 4_000
const TOUCHPOINTS = 20_000
const ORDERS = 3_000

/** Over HTTP, in batches of 100, from another thread; an event counts when it is processed and on disk. */
export async function throughput(): Promise<Record<string, number>> {
  const bench = await openBench()
  try {
    const newCustomersPerSecond = await eventsPerSecond(bench, newCustomers())
    await eventsPerSecond(bench, views(0, TOUCHPOINTS / 4))
    const touchpointsPerSecond = await eventsPerSecond(bench, views(TOUCHPOINTS, TOUCHPOINTS))
    return { touchpointsPerSecond, newCustomersPerSecond, journeyEmailsPerSecond: await emailsPerSecond(bench) }
  } finally {
    await bench.close()
  }
}

async function emailsPerSecond(bench: Bench): Promise<number> {
  const before = bench.system.outbox.count()
  const perSecond = await eventsPerSecond(bench, orders())
  const sent = bench.system.outbox.count() - before
  if (sent !== ORDERS) throw new Error(`${sent} of ${ORDERS} emails went out.`)
  return perSecond
}

function newCustomers(): readonly object[] {
  return Array.from({ length: CUSTOMERS }, (_, index) => ({
    id: `signed-up-${index}`,
    type: 'customer.signed-up',
    occurredAt: new Date().toISOString(),
    channel: 'web',
    identifiers: { userId: `user-${index}`, email: `user-${index}@example.org` },
    traits: { firstName: 'Ada', plan: 'pro', locale: 'en' },
    consent: { offers: { email: true } },
  }))
}

function views(from: number, count: number): readonly object[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `viewed-${from + index}`,
    type: 'product.viewed',
    occurredAt: new Date().toISOString(),
    channel: 'web',
    identifiers: { userId: `user-${(from + index * 7) % CUSTOMERS}` },
    properties: { sku: 'flat-white', price: 4.5, list: 'menu' },
  }))
}

function orders(): readonly object[] {
  return Array.from({ length: ORDERS }, (_, index) => ({
    id: `ordered-${index}`,
    type: 'order.placed',
    occurredAt: new Date().toISOString(),
    channel: 'app',
    identifiers: { userId: `user-${index}` },
    properties: { order_id: `o${index}`, total: 9.5 },
  }))
}
