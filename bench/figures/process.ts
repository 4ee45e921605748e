import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import NODE_FLAGS from '../../bin/node-flags.json' with { type: 'json' }
import { makeDay } from '../../examples/kaffi/demo/day.ts'
import { median, post } from '../stage.ts'

const STARTS = 3
const MAIN = new URL('../../local/main.ts', import.meta.url).pathname

/** The process that `npm start` runs: how soon it is ready with the demo brand, and its memory after the demo's day. */
export async function wholeProcess(): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-process-'))
  const ready: number[] = []
  try {
    for (let start = 0; start < STARTS; start++) {
      const { child, seconds } = await startProcess(join(folder, String(start)))
      ready.push(seconds)
      await stopProcess(child)
    }
    return { readySeconds: median(ready), memoryMb: await memoryAfterDay(join(folder, '0')) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Started {
  readonly child: ChildProcess
  readonly url: string
  readonly seconds: number
}

async function startProcess(data: string): Promise<Started> {
  const port = 20_000 + Math.floor((performance.now() * 1_000) % 20_000)
  const url = `http://127.0.0.1:${port}`
  const began = performance.now()
  const child = spawn(process.execPath, [...NODE_FLAGS, MAIN, '--port', String(port), '--data', data], {
    stdio: 'ignore',
  })
  for (let tries = 0; tries < 2_000; tries++) {
    const isReady = await fetch(`${url}/health`).then(
      ({ status }) => status === 200,
      () => false,
    )
    if (isReady) return { child, url, seconds: (performance.now() - began) / 1_000 }
    await pause(10)
  }
  child.kill()
  throw new Error('The system was not ready in time.')
}

/** The demo's touchpoints, brought to today so that they cause what they cause, as fast as the system takes them. */
async function memoryAfterDay(data: string): Promise<number> {
  const { child, url } = await startProcess(data)
  const token = readFileSync(join(data, 'token'), 'utf8').trim()
  const midnight = Date.now() - 22 * 3_600_000
  const day = makeDay({ seed: '1', customers: 400, midnight })
  const events = day.arrivals.flatMap((arrival) => ('event' in arrival ? [arrival.event] : []))
  for (let at = 0; at < events.length; at += 100) await post(url, token, events.slice(at, at + 100))
  await pause(3_000)
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  await stopProcess(child)
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024
}

function stopProcess(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}
