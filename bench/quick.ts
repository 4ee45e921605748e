import { openBench } from './stage.ts'
import { eventsPerSecond } from './run-load.ts'
const bench = await openBench()
const N = 10000
const users = 2000
const mk = (i, u, type = 'product.viewed') => ({ id: `e${type}${i}`, type, occurredAt: new Date().toISOString(), channel: 'web', identifiers: { userId: `u${u}` }, properties: { sku: 'latte', price: 4.5, order_id: `o${i}`, total: 9 } })
console.log('new', await eventsPerSecond(bench, Array.from({ length: users }, (_, i) => ({ ...mk(i, i), id: 'new' + i, identifiers: { userId: `u${i}`, email: `u${i}@example.org` }, consent: { offers: { email: true } }, traits: { firstName: 'Ada' } }))))
console.log('known', await eventsPerSecond(bench, Array.from({ length: N }, (_, i) => mk(i, i % users))))
console.log('known', await eventsPerSecond(bench, Array.from({ length: N }, (_, i) => mk(i + N, (i * 7) % users))))
const t = performance.now()
console.log('journeys', await eventsPerSecond(bench, Array.from({ length: users }, (_, i) => mk(i, i, 'order.placed'))), bench.system.outbox.count(), performance.now() - t)
console.log(process.memoryUsage().rss / 1e6)
await bench.close()
