import { tableConformance } from '#test/conformance/table-suite.ts'
import { aDynamoDbTable } from './a-dynamodb-table.ts'

tableConformance('DynamoDB Local', async (clock) => {
  const { open, close } = await aDynamoDbTable()
  return { table: open(clock), close }
})
