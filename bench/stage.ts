import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Hono } from 'hono'
import { readBrandFolder } from '#shared/journeys/folder/brand-folder.ts'
import { publishBrandFolder } from '#shared/journeys/versions/publish.ts'
import type { World } from '#shared/world/world.ts'
import { type LocalServer, listen } from '../local/server.ts'
import { System } from '../local/system.ts'
import { JOURNEYS } from './journeys.ts'

/** A system on disk, with its server, as `npm start` runs it, and the journeys that are measured. */
export interface Bench {
  readonly system: System
  readonly url: string
  /** Posts events and waits for the door's answer. */
  post(events: readonly object[]): Promise<void>
  /** Resolves when everything that was accepted has been dealt with. */
  settled(): Promise<void>
  close(): Promise<void>
}

interface BenchOptions {
  readonly realNow?: () => number
  readonly wrapWorld?: (world: World) => World
}

export async function openBench(options: BenchOptions = {}): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'))
  const system = new System({ folder, publicUrl: 'http://127.0.0.1', ...options })
  const server: LocalServer = await listen(system, 0, { page: new Hono() })
  if (options.realNow === undefined) system.start()
  else system.startStepped()
  const reading = await readBrandFolder(JOURNEYS)
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
  await publishBrandFolder(system.world, reading.folder)
  const url = `http://127.0.0.1:${server.port}`
  return {
    system,
    url,
    post: (events) => post(url, system.token, events),
    settled: () => system.activity.whenIdle(),
    close: async () => {
      await server.close()
      await system.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export async function post(url: string, token: string, events: readonly object[]): Promise<void> {
  const response = await fetch(`${url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ events }),
  })
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  await response.arrayBuffer()
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
