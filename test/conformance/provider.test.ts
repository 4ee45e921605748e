import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Database } from '#local/database.ts'
import { Outbox } from '#local/outbox.ts'
import { START } from '#test/builders/a-system.ts'
import { keyedProviderConformance } from './provider-suite.ts'

keyedProviderConformance('Outbox', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'outbox-'))
  const open = () => {
    const database = new Database(join(folder, 'outbox.db'))
    return { database, outbox: new Outbox({ database, clock: { now: () => START } }) }
  }
  let opened = open()
  return {
    provider: opened.outbox.providerFor('email'),
    arrived: async (wanted) => opened.outbox.list().filter(({ dispatch }) => dispatch === wanted),
    reopen: async () => {
      opened.database.close()
      opened = open()
      return opened.outbox.providerFor('email')
    },
    close: () => {
      opened.database.close()
      rmSync(folder, { recursive: true })
    },
  }
})
