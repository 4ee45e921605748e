import { Worker } from 'node:worker_threads'
import type { Bench } from './stage.ts'

const BATCH = 100

/** Events per second from the first request until the last event is processed and on disk. */
export async function eventsPerSecond({ system, url, settled }: Bench, events: readonly object[]): Promise<number> {
  const batches: object[][] = []
  for (let at = 0; at < events.length; at += BATCH) batches.push(events.slice(at, at + BATCH))
  const began = performance.now()
  await runLoad({ url, token: system.token, batches, together: 4 })
  await settled()
  return events.length / ((performance.now() - began) / 1_000)
}

function runLoad(load: object): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./load.ts', import.meta.url), { workerData: load })
    worker.once('message', () => resolve())
    worker.once('error', reject)
  })
}
