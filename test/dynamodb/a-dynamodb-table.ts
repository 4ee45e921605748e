import { randomUUID } from 'node:crypto'
import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { inject } from 'vitest'
import { INDEX_NAME } from '#functions/aws/store.ts'
import { dynamoTable } from '#functions/aws/table.ts'
import type { Table } from '#shared/world/table.ts'
import type { Clock } from '#shared/world/world.ts'

const keys = (partition: string, sort: string): CreateTableCommandInput['KeySchema'] => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
]

/**
 * The table of `infra/constructs/table.ts`, empty. Rows are not removed when they expire: DynamoDB Local would go by
 * the machine's clock, and the tests live by their own.
 */
const LAYOUT: Omit<CreateTableCommandInput, 'TableName'> = {
  AttributeDefinitions: ['pk', 'sk', 'ipk', 'isk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
  KeySchema: keys('pk', 'sk'),
  GlobalSecondaryIndexes: [
    { IndexName: INDEX_NAME, KeySchema: keys('ipk', 'isk'), Projection: { ProjectionType: 'ALL' } },
  ],
  BillingMode: 'PAY_PER_REQUEST',
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
}

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
  const { TableDescription } = await newClient().send(new CreateTableCommand({ ...LAYOUT, TableName: tableName }))
  return {
    open: (clock) => dynamoTable({ client: newClient(), tableName, clock }),
    streamArn: TableDescription?.LatestStreamArn ?? '',
    close: () => {
      for (const client of clients) client.destroy()
    },
  }
}
