import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { Environment } from '../environment.ts'
import type { Outside } from '../outside.ts'
import { dynamoTable } from '../table.ts'
import { patient } from './clients.ts'

export const openTable = ({ TABLE_NAME: tableName }: Environment, outside: Outside) => ({
  table: dynamoTable({ client: new DynamoDBClient(patient(outside)), tableName, clock: outside.clock }),
})
