import { parentPort, workerData } from 'node:worker_threads'
import { post } from './stage.ts'

/** Posts batches from a thread of its own, several at a time, as a client on another processor would. */
interface Load {
  readonly url: string
  readonly token: string
  readonly batches: readonly (readonly object[])[]
  readonly together: number
}

const { url, token, batches, together } = workerData as Load
let next = 0

async function client(): Promise<void> {
  for (let batch = batches[next++]; batch !== undefined; batch = batches[next++]) await post(url, token, batch)
}

await Promise.all(Array.from({ length: together }, client))
parentPort?.postMessage('done')
