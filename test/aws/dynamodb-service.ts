import { TABLE_LAYOUT } from '../dynamodb/table-layout.ts'
import type { AwsRequest, AwsService } from './aws-request.ts'
import { type Change, readUnits, type StoredRow, writeUnits } from './billed-units.ts'
import { ENVIRONMENT, REGION } from './installation.ts'
import type { AskStream } from './table-stream.ts'

/** The table of one stage in DynamoDB Local. */
export interface StageTable {
  readonly streamArn: string
  readonly service: AwsService
  readonly askStream: AskStream
}

type Ask = (target: string, body: object) => Promise<Response>

/** @param accessKeyId DynamoDB Local keeps a database for each: letters and digits */
export async function makeTable(endpoint: string, accessKeyId: string): Promise<StageTable> {
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20260101/${REGION}/dynamodb/aws4_request, SignedHeaders=host, Signature=none`
  const ask: Ask = (target, body) =>
    fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target, authorization },
      body: JSON.stringify(body),
    })
  const made = await ask('DynamoDB_20120810.CreateTable', { ...TABLE_LAYOUT, TableName: ENVIRONMENT.TABLE_NAME })
  const { TableDescription } = (await made.json()) as { readonly TableDescription: { LatestStreamArn: string } }
  return {
    streamArn: TableDescription.LatestStreamArn,
    service: (request) => passOn(request, ask),
    askStream: async (operation, body) => {
      const response = await ask(`DynamoDBStreams_20120810.${operation}`, body)
      if (!response.ok) throw new Error(await response.text())
      return response.json() as never
    },
  }
}

async function passOn(request: AwsRequest, ask: Ask): ReturnType<AwsService> {
  const keys = keysWritten(request)
  const before = await rowsAt(keys, ask)
  const response = await ask(String(request.headers['x-amz-target']), request.body)
  const body = (await response.json()) as object
  const answer = { status: response.status, body }
  if (keys.length === 0) return { ...answer, units: { read: readUnits(request.body, body), write: 0 } }
  const after = await rowsAt(keys, ask)
  const changes = keys.map(
    (_, n): Change => ({ before: before[n], after: response.ok ? after[n] : intended(request, n) }),
  )
  const inTransaction = request.action === 'TransactWriteItems'
  return { ...answer, units: { read: 0, write: writeUnits(changes, { inTransaction }) } }
}

interface Part {
  readonly Key?: StoredRow
  readonly Item?: StoredRow
}

/** The parts of a write, one for each row. */
function partsOf({ action, body }: AwsRequest): readonly Part[] {
  if (action === 'TransactWriteItems')
    return (body.TransactItems as readonly Record<string, Part>[]).flatMap((part) => Object.values(part))
  return /^(Put|Update|Delete)Item$/.test(action) ? [body] : []
}

function keysWritten(request: AwsRequest): readonly StoredRow[] {
  return partsOf(request).map(({ Key, Item }): StoredRow => {
    const { pk, sk } = Key ?? Item ?? {}
    return { ...(pk && { pk }), ...(sk && { sk }) }
  })
}

/** What a write that was refused would have put, as far as it says so. */
function intended(request: AwsRequest, n: number): StoredRow | undefined {
  return partsOf(request)[n]?.Item
}

async function rowsAt(keys: readonly StoredRow[], ask: Ask): Promise<readonly (StoredRow | undefined)[]> {
  if (keys.length === 0) return []
  const { TABLE_NAME } = ENVIRONMENT
  const response = await ask('DynamoDB_20120810.BatchGetItem', {
    RequestItems: { [TABLE_NAME]: { Keys: keys, ConsistentRead: true } },
  })
  const { Responses } = (await response.json()) as {
    readonly Responses: Readonly<Record<string, readonly StoredRow[]>>
  }
  const isAt = (key: StoredRow) => (row: StoredRow) => row.pk?.S === key.pk?.S && row.sk?.S === key.sk?.S
  return keys.map((key) => Responses[TABLE_NAME]?.find(isAt(key)))
}
