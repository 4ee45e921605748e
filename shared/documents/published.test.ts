import { expect, it } from 'vitest'
import { ChangeLog } from '#local/change-log.ts'
import { Database } from '#local/database.ts'
import { LocalTable } from '#local/table.ts'
import type { Table } from '../world/table.ts'
import { FRESH_FOR } from './fresh.ts'
import { livePublished, publishDocument } from './published.ts'

/** Two processes at one table, and how often the first has asked it for whole partitions. */
function twoProcesses() {
  let now = 0
  const clock = { now: () => now }
  const database = new Database(':memory:')
  const rows = new LocalTable(database, new ChangeLog(database, []), clock.now)
  let queries = 0
  const counted: Table = {
    get: (key) => rows.get(key),
    getMany: (keys) => rows.getMany(keys),
    query: (query) => {
      queries += 1
      return rows.query(query)
    },
    queryIndex: (query) => rows.queryIndex(query),
    scan: (pages) => rows.scan(pages),
    write: (writes) => rows.write(writes),
  }
  const names = async (): Promise<readonly string[]> => {
    now += FRESH_FOR
    const live = await livePublished<string>({ table: counted, clock }, 'message')
    return [...live.values()].map(({ name, version, content }) => `${name} ${version} ${content}`)
  }
  const other = { table: rows, clock }
  return {
    names,
    queries: () => queries,
    publish: (name: string, source: string) =>
      publishDocument(other, { kind: 'message', name, source, content: () => source }),
  }
}

it('what is live is read once, and again only when another process has published something', async () => {
  const { names, queries, publish } = twoProcesses()
  expect(await names()).toEqual([])
  await publish('hello', 'Hello')
  expect(await names()).toEqual(['hello 1 Hello'])
  expect(await names()).toEqual(['hello 1 Hello'])
  expect(await names()).toEqual(['hello 1 Hello'])
  expect(queries()).toBe(2)
  await publish('hello', 'Good day')
  await publish('reminder', 'Still there?')
  expect(await names()).toEqual(['hello 2 Good day', 'reminder 1 Still there?'])
  expect(queries()).toBe(3)
})

it('publishing the same again changes nothing, and makes nobody read', async () => {
  const { names, queries, publish } = twoProcesses()
  await publish('hello', 'Hello')
  await names()
  expect((await publish('hello', 'Hello')).changed).toBe(false)
  await names()
  expect(queries()).toBe(1)
})
