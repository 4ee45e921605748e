import { randomUUID } from 'node:crypto'
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { inject } from 'vitest'
import { dynamoTable } from '#functions/aws/table.ts'
import type { Table } from '#shared/world/table.ts'
import type { Clock } from '#shared/world/world.ts'
import { TABLE_LAYOUT } from './table-layout.ts'

export interface DynamoDbTable {
  /** As one function of its own sees it: with a client that shares nothing with the others. */
  open(clock: Clock): Table
  readonly streamArn: string
  close(): void
}

export async function aDynamoDbTable(): Promise<DynamoDbTable> {
  const clients: DynamoDBClient[] = []
  const newClient = (): DynamoDBClient => {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
    const client = new DynamoDBClient({ endpoint: inject('dynamoDb'), region: 'eu-west-1', credentials })
    clients.push(client)
    return client
  }
  const tableName = `rows-${randomUUID()}`
  const { TableDescription } = await newClient().send(new CreateTableCommand({ ...TABLE_LAYOUT, TableName: tableName }))
  return {
    open: (clock) => dynamoTable({ client: newClient(), tableName, clock }),
    streamArn: TableDescription?.LatestStreamArn ?? '',
    close: () => {
      for (const client of clients) client.destroy()
    },
  }
}
