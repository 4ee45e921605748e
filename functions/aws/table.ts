import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { Table } from '#shared/world/table.ts'
import type { Clock } from '#shared/world/world.ts'
import { checkWrites } from './check-writes.ts'

import { readMany, readOne, readRange, scan } from './read-rows.ts'
import { documentOptions } from './store.ts'
import { writeRows } from './write-rows.ts'

export interface DynamoTableOptions {
  readonly client: DynamoDBClient
  readonly tableName: string
  readonly clock: Clock
}

/** One DynamoDB table with its sparse index. A page ends at its limit or after 1 MB: a short one need not be the last. */
export function dynamoTable({ client, tableName: TableName, clock }: DynamoTableOptions): Table {
  const documents = DynamoDBDocumentClient.from(client, documentOptions())
  const store = () => ({ documents, TableName, now: Math.floor(clock.now() / 1_000) })
  return {
    get: (key) => readOne(store(), key),
    getMany: (keys) => readMany(store(), keys),
    query: (query) => readRange(store(), query, { partition: 'pk', sort: 'sk' }),
    queryIndex: (query) => readRange(store(), query, { partition: 'ipk', sort: 'isk' }),
    scan: (options) => scan(store(), options),
    async write(operations) {
      checkWrites(operations)
      return operations.length === 0 ? { committed: true } : writeRows(store(), operations)
    },
  }
}
