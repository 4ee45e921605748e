import type { TestProject } from 'vitest/node'
import { type DynamoDb, startDynamoDb } from './start-dynamodb.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where DynamoDB Local listens. */
    readonly dynamoDb: string
  }
}

let dynamoDb: DynamoDb | undefined

/** Starts one DynamoDB Local for all test files; each takes tables of its own. */
export async function setup(project: TestProject): Promise<void> {
  dynamoDb = await startDynamoDb()
  project.provide('dynamoDb', dynamoDb.endpoint)
}

export async function teardown(): Promise<void> {
  await dynamoDb?.stop()
}
