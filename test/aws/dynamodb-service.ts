import { RawAnswer } from '#test/builders/an-aws-server.ts'
import type { AwsCall } from '../contracts/aws/read-request.ts'
import { TABLE_LAYOUT } from '../dynamodb/table-layout.ts'
import { type Change, readUnits, type StoredRow, type Units, writeUnits } from './billed-units.ts'
import { ENVIRONMENT, REGION } from './installation.ts'
import type { Play } from './played-services.ts'
import { StreamReader } from './stream-reader.ts'

/** The table of one stage in DynamoDB Local. */
export interface StageTable {
  readonly service: Play
  readonly changes: StreamReader
}

/** DynamoDB's own words, and what it bills for them. */
export class BilledAnswer extends RawAnswer {
  readonly units: Units

  constructor({ status, text, units }: { readonly status: number; readonly text: string; readonly units: Units }) {
    super(status, text)
    this.units = units
  }
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
    service: ({ call }) => passOn(call, ask),
    changes: new StreamReader(TableDescription.LatestStreamArn, async (operation, body) => {
      const response = await ask(`DynamoDBStreams_20120810.${operation}`, body)
      if (!response.ok) throw new Error(await response.text())
      return response.json() as never
    }),
  }
}

async function passOn(call: AwsCall, ask: Ask): Promise<BilledAnswer> {
  const keys = keysWritten(call)
  const before = await rowsAt(keys, ask)
  const response = await ask(`DynamoDB_20120810.${call.operation}`, call.body)
  const answer = { status: response.status, text: await response.text() }
  if (keys.length === 0)
    return new BilledAnswer({ ...answer, units: { read: readUnits(call.body, JSON.parse(answer.text)), write: 0 } })
  const after = await rowsAt(keys, ask)
  const changes = keys.map((_, n): Change => ({ before: before[n], after: response.ok ? after[n] : intended(call, n) }))
  const inTransaction = call.operation === 'TransactWriteItems'
  return new BilledAnswer({ ...answer, units: { read: 0, write: writeUnits(changes, { inTransaction }) } })
}

interface Part {
  readonly Key?: StoredRow
  readonly Item?: StoredRow
}

/** The parts of a write, one for each row. */
function partsOf({ operation, body }: AwsCall): readonly Part[] {
  if (operation === 'TransactWriteItems')
    return (body.TransactItems as readonly Record<string, Part>[]).flatMap((part) => Object.values(part))
  return /^(Put|Update|Delete)Item$/.test(operation) ? [body] : []
}

function keysWritten(call: AwsCall): readonly StoredRow[] {
  return partsOf(call).map(({ Key, Item }): StoredRow => {
    const { pk, sk } = Key ?? Item ?? {}
    return { ...(pk && { pk }), ...(sk && { sk }) }
  })
}

/** What a write that was refused would have put, as far as it says so. */
function intended(call: AwsCall, n: number): StoredRow | undefined {
  return partsOf(call)[n]?.Item
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
