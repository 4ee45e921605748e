import type { Table } from '#shared/world/table.ts'
import type { World } from '#shared/world/world.ts'
import { openBench } from '../stage.ts'

const COUNT = 500

/** Reads and writes of the store: every row read counts as one, a query as one, an all-or-nothing write as one. */
export async function storeOperations(): Promise<Record<string, number>> {
  let operations = 0
  const counting = (table: Table): Table => ({
    get: (key) => counted(1, () => table.get(key)),
    getMany: (keys) => counted(keys.length, () => table.getMany(keys)),
    query: (query) => counted(1, () => table.query(query)),
    queryIndex: (query) => counted(1, () => table.queryIndex(query)),
    scan: (options) => counted(1, () => table.scan(options)),
    write: (writes) => counted(1, () => table.write(writes)),
  })
  const counted = <T>(number: number, run: () => Promise<T>): Promise<T> => {
    operations += number
    return run()
  }
  const bench = await openBench({ wrapWorld: (world: World) => ({ ...world, table: counting(world.table) }) })
  const perEvent = async (events: readonly object[]): Promise<number> => {
    const before = operations
    for (let at = 0; at < events.length; at += 100) await bench.post(events.slice(at, at + 100))
    await bench.settled()
    return (operations - before) / events.length
  }
  try {
    const people = Array.from({ length: COUNT }, (_, index) => index)
    await perEvent(people.map((index) => event('customer.signed-up', index, { consent: { offers: { email: true } } })))
    const storeOpsPerTouchpoint = await perEvent(people.map((index) => event('product.viewed', index, {})))
    const storeOpsPerEmail = await perEvent(
      people.map((index) => event('order.placed', index, { properties: { order_id: `o${index}`, total: 9 } })),
    )
    if (bench.system.outbox.count() !== COUNT) throw new Error('Not every email went out.')
    return { storeOpsPerTouchpoint, storeOpsPerEmail }
  } finally {
    await bench.close()
  }
}

function event(type: string, index: number, more: object): object {
  const identifiers =
    type === 'customer.signed-up'
      ? { userId: `user-${index}`, email: `user-${index}@example.org` }
      : { userId: `user-${index}` }
  return { id: `${type}-${index}`, type, identifiers, occurredAt: new Date().toISOString(), ...more }
}
