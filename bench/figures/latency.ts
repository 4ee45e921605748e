import { setTimeout as pause } from 'node:timers/promises'
import { showCustomer } from '#shared/insights/customer.ts'
import { type Bench, openBench, quantile } from '../stage.ts'

const RUNS = 150
const WAITS = 60
const WAIT = 2_000

/** A quiet system: from the request with one event to the email in the outbox; and how late a wait of two seconds ends. */
export async function latency(): Promise<Record<string, number>> {
  const bench = await openBench()
  try {
    await introduce(bench)
    const times: number[] = []
    for (let run = 0; run < RUNS + 10; run++) {
      const took = await oneEmail(bench, run)
      if (run >= 10) times.push(took)
    }
    const waitLatenessP50Ms = quantile(await latenesses(bench), 0.5)
    return { latencyP50Ms: quantile(times, 0.5), latencyP99Ms: quantile(times, 0.99), waitLatenessP50Ms }
  } finally {
    await bench.close()
  }
}

async function introduce({ post, settled }: Bench): Promise<void> {
  const people = Array.from({ length: 100 }, (_, index) => ({
    id: `hello-${index}`,
    type: 'customer.signed-up',
    identifiers: { userId: `user-${index}`, email: `user-${index}@example.org` },
    consent: { offers: { email: true } },
  }))
  await post(people)
  await settled()
}

async function oneEmail({ system, post }: Bench, run: number): Promise<number> {
  const arrived = new Promise<void>((resolve) => {
    const stop = system.outbox.onMessage(() => {
      stop()
      resolve()
    })
  })
  await pause(5)
  const began = performance.now()
  const event = {
    type: 'order.placed',
    identifiers: { userId: `user-${run % 100}` },
    properties: { order_id: `l${run}`, total: 9 },
  }
  await Promise.all([post([event]), arrived])
  return performance.now() - began
}

async function latenesses({ system, post }: Bench): Promise<readonly number[]> {
  const late: number[] = []
  const began = new Map<string, number>()
  const stop = system.outbox.onMessage(({ at, customer }) => late.push(at - (began.get(customer) ?? at) - WAIT))
  for (let index = 0; index < WAITS; index++) {
    await post([{ type: 'late.asked', identifiers: { userId: `user-${index}` }, properties: { n: index } }])
    await system.activity.whenIdle()
    const view = await showCustomer(system.world, { kind: 'userId', value: `user-${index}` })
    began.set(view?.customer ?? '', Date.parse(view?.thread.findLast((entry) => entry.kind === 'journey')?.at ?? ''))
  }
  await pause(WAIT + 1_000)
  stop()
  return late
}
