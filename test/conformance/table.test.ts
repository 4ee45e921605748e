import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ChangeLog } from '#local/change-log.ts'
import { Database } from '#local/database.ts'
import { LocalTable } from '#local/table.ts'
import { tableConformance } from './table-suite.ts'

tableConformance('LocalTable', async (clock) => {
  const folder = mkdtempSync(join(tmpdir(), 'table-'))
  const database = new Database(join(folder, 'table.db'))
  return {
    table: new LocalTable(database, new ChangeLog(database, []), clock.now),
    close: () => {
      database.close()
      rmSync(folder, { recursive: true })
    },
  }
})
