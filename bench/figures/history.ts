import { type Bench, median, openBench } from '../stage.ts'

const LONG = 10_000
const SHORT = 10
const ROUNDS = 15
const PER_ROUND = 40

/** How much longer recording takes for a customer with 10,000 touchpoints than for one with 10. */
export async function history(): Promise<Record<string, number>> {
  const bench = await openBench()
  try {
    await fill(bench, 'long', LONG)
    await fill(bench, 'short', SHORT)
    await round(bench, 'long', 0)
    await round(bench, 'short', 0)
    const ratios: number[] = []
    for (let index = 1; index <= ROUNDS; index++)
      ratios.push((await round(bench, 'long', index)) / (await round(bench, 'short', index)))
    return { historyRatio: median(ratios) }
  } finally {
    await bench.close()
  }
}

async function fill({ post, settled }: Bench, user: string, count: number): Promise<void> {
  for (let at = 0; at < count; at += 100)
    await post(Array.from({ length: Math.min(100, count - at) }, (_, index) => viewed(user, `${user}-${at + index}`)))
  await settled()
}

async function round({ post, settled }: Bench, user: string, number: number): Promise<number> {
  const began = performance.now()
  for (let index = 0; index < PER_ROUND; index++) {
    await post([viewed(user, `${user}-${number}-${index}`)])
    await settled()
  }
  return performance.now() - began
}

function viewed(user: string, id: string): object {
  return {
    id: `h-${id}`,
    type: 'product.viewed',
    channel: 'web',
    identifiers: { userId: user },
    properties: { sku: 'latte' },
    occurredAt: new Date().toISOString(),
  }
}
