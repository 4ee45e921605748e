import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { afterAll, describe, expect, it } from 'vitest'
import { type AwsAnswer, AwsRefusal } from '#test/builders/an-aws-server.ts'
import { AwsService } from '#test/builders/an-aws-service.ts'
import type { AwsCall } from '#test/contracts/aws/read-request.ts'
import { dynamoTable } from './table.ts'

const NOW = 1_800_000_000
const service = await new AwsService().listen()
const table = dynamoTable({
  client: new DynamoDBClient(service.config),
  tableName: 'rows',
  clock: { now: () => NOW * 1_000 },
})
afterAll(() => service.close())

const KEY = { pk: 'C#1', sk: 'PROFILE' }
const STORED_KEY = { pk: { S: 'C#1' }, sk: { S: 'PROFILE' } }
const FAILED = { Code: 'ConditionalCheckFailed' }
const FINE = { Code: 'None' }

function stored(sk: string, more = {}) {
  return { pk: { S: 'C#1' }, sk: { S: sk }, ...more }
}

/** Answers in this order; the last one again and again. */
function inTurn(...answers: readonly AwsAnswer[]): (call: AwsCall, made: number) => AwsAnswer {
  return (_, made) => answers[Math.min(made, answers.length) - 1] ?? {}
}

function cancelled(...CancellationReasons: readonly object[]): AwsRefusal {
  return new AwsRefusal('TransactionCanceledException', { CancellationReasons })
}

describe('get', () => {
  it('reads consistently', async () => {
    service.plays(() => ({ Item: stored('PROFILE', { version: { N: '3' } }) }))
    expect(await table.get(KEY)).toEqual({ ...KEY, version: 3 })
    expect(service.calls).toEqual([
      { operation: 'GetItem', body: { TableName: 'rows', Key: STORED_KEY, ConsistentRead: true } },
    ])
  })

  it.each([
    [NOW - 1, undefined],
    [NOW, undefined],
    [NOW + 1, { ...KEY, expiresAt: NOW + 1 }],
  ])('at %i, a row is there until it expires', async (expiresAt, expected) => {
    service.plays(() => ({ Item: stored('PROFILE', { expiresAt: { N: String(expiresAt) } }) }))
    expect(await table.get(KEY)).toEqual(expected)
  })

  it('gives numbers as JSON has them, however many digits', async () => {
    service.plays(() => ({ Item: stored('PROFILE', { id: { N: '12345678901234567000' } }) }))
    expect(await table.get(KEY)).toEqual({ ...KEY, id: 12345678901234567000 })
  })
})

describe('getMany', () => {
  it('answers in the order asked, and asks once for a key that is named twice', async () => {
    service.plays(() => ({ Responses: { rows: [stored('B'), stored('A')] } }))
    const [a, missing, b, again] = await table.getMany(['A', 'X', 'B', 'A'].map((sk) => ({ pk: 'C#1', sk })))
    expect([a?.sk, missing, b?.sk, again?.sk]).toEqual(['A', undefined, 'B', 'A'])
    const { Keys, ConsistentRead } = service.calls[0]!.body.RequestItems.rows
    expect([Keys.length, ConsistentRead]).toEqual([3, true])
  })

  it('asks again for what DynamoDB left out', async () => {
    const UnprocessedKeys = { rows: { Keys: [stored('B')] } }
    service.plays(
      inTurn({ Responses: { rows: [stored('A')] }, UnprocessedKeys }, { Responses: { rows: [stored('B')] } }),
    )
    const found = await table.getMany(['A', 'B'].map((sk) => ({ pk: 'C#1', sk })))
    expect(found.map((item) => item?.sk)).toEqual(['A', 'B'])
    expect(service.calls[1]?.body.RequestItems.rows.Keys).toEqual([stored('B')])
  })

  it('asks nothing for no keys, and refuses more than 100', async () => {
    service.plays(() => ({}))
    expect(await table.getMany([])).toEqual([])
    await expect(table.getMany(Array.from({ length: 101 }, () => KEY))).rejects.toMatchObject({
      code: 'table.too-many',
    })
    expect(service.calls).toEqual([])
  })
})

describe('query', () => {
  it('reads one row more than the page holds, and goes on after its last', async () => {
    service.plays(inTurn({ Items: [stored('T#1'), stored('T#2'), stored('T#3')] }, { Items: [stored('T#3')] }))
    const first = await table.query({ pk: 'C#1', prefix: 'T#', limit: 2 })
    expect(first.items.map(({ sk }) => sk)).toEqual(['T#1', 'T#2'])
    const second = await table.query({ pk: 'C#1', prefix: 'T#', limit: 2, cursor: first.cursor! })
    expect(second.items.map(({ sk }) => sk)).toEqual(['T#3'])
    expect(second.cursor).toBeUndefined()
    expect(service.calls[0]?.body).toMatchObject({ Limit: 3, ConsistentRead: true, ScanIndexForward: true })
    expect(service.calls[1]?.body.ExclusiveStartKey).toEqual(stored('T#2'))
  })

  it('goes on where DynamoDB stopped after 1 MB', async () => {
    service.plays(inTurn({ Items: [stored('T#1')], LastEvaluatedKey: stored('T#1') }, {}))
    const { cursor } = await table.query({ pk: 'C#1' })
    await table.query({ pk: 'C#1', cursor: cursor! })
    expect(service.calls[1]?.body.ExclusiveStartKey).toEqual(stored('T#1'))
  })

  it('leaves out what has expired', async () => {
    service.plays(() => ({ Items: [stored('T#1', { expiresAt: { N: String(NOW) } }), stored('T#2')] }))
    expect((await table.query({ pk: 'C#1' })).items.map(({ sk }) => sk)).toEqual(['T#2'])
  })

  it('reads the index by its own keys, where a cursor holds all four', async () => {
    const row = (sk: string) => stored(sk, { ipk: { S: 'DUE#1' }, isk: { S: '2026' } })
    service.plays(inTurn({ Items: [row('A'), row('B')] }, {}))
    const { cursor } = await table.queryIndex({ pk: 'DUE#1', to: '2027', limit: 1, order: 'descending' })
    await table.queryIndex({ pk: 'DUE#1', to: '2027', limit: 1, cursor: cursor! })
    expect(service.calls[0]?.body).toMatchObject({ IndexName: 'by-index', ScanIndexForward: false })
    expect(service.calls[0]?.body).not.toHaveProperty('ConsistentRead')
    expect(service.calls[1]?.body.ExclusiveStartKey).toEqual(row('A'))
  })

  it.each(['', 'not base64', Buffer.from('{}').toString('base64url'), Buffer.from('["a","b"]').toString('base64url')])(
    'refuses the cursor "%s"',
    async (cursor) => {
      await expect(table.query({ pk: 'C#1', cursor })).rejects.toMatchObject({ code: 'table.bad-cursor' })
    },
  )
})

describe('scan', () => {
  it('goes on after the last row of the page before', async () => {
    service.plays(inTurn({ Items: [stored('A'), stored('B')] }, { Items: [stored('B')] }))
    const { cursor } = await table.scan({ limit: 1 })
    expect(await table.scan({ limit: 1, cursor: cursor! })).toEqual({ items: [{ pk: 'C#1', sk: 'B' }] })
    expect(service.calls[1]).toMatchObject({ operation: 'Scan', body: { ExclusiveStartKey: stored('A') } })
  })
})

describe('what a failure means', () => {
  it.each<[string, AwsAnswer, string]>([
    ['throttling', new AwsRefusal('ProvisionedThroughputExceededException'), 'Unavailable'],
    ['an error of the service', new AwsRefusal('InternalServerError', {}, 500), 'Unavailable'],
    ['a lost answer', 'lost', 'Unavailable'],
    ['a missing right', new AwsRefusal('AccessDeniedException'), 'Misconfigured'],
    ['a missing table', new AwsRefusal('ResourceNotFoundException'), 'Misconfigured'],
    ['a key that DynamoDB does not take', new AwsRefusal('ValidationException'), 'InvalidInput'],
    ['anything else', new AwsRefusal('SomethingNewException'), 'Impossible'],
  ])('%s, on reading', async (_, answer, name) => {
    service.plays(() => answer)
    await expect(table.get(KEY)).rejects.toMatchObject({ name })
  })

  it.each<[string, AwsAnswer, string]>([
    ['throttling', new AwsRefusal('ThrottlingException'), 'Unavailable'],
    ['a value that DynamoDB does not take', new AwsRefusal('ValidationException'), 'InvalidInput'],
    ['an unknown reason', cancelled({ Code: 'ValidationError' }), 'InvalidInput'],
    ['others at the same rows, again and again', cancelled({ Code: 'TransactionConflict' }), 'Conflict'],
    ['too much at once, again and again', cancelled({ Code: 'ThrottlingError' }), 'Unavailable'],
  ])('%s, on writing', async (_, answer, name) => {
    service.plays(() => answer)
    await expect(table.write([{ put: KEY }])).rejects.toMatchObject({ name })
  })
})

describe('write', () => {
  it('puts one row with one command', async () => {
    service.plays(() => ({}))
    expect(await table.write([{ put: { ...KEY, version: 1 }, when: 'absent' }])).toEqual({ committed: true })
    expect(service.calls).toEqual([
      {
        operation: 'PutItem',
        body: {
          TableName: 'rows',
          Item: { ...STORED_KEY, version: { N: '1' } },
          ConditionExpression: 'attribute_not_exists(pk) OR expiresAt <= :now',
          ExpressionAttributeValues: { ':now': { N: String(NOW) } },
        },
      },
    ])
  })

  it.each([{ versionIs: 4 }, 'present', { attributeIs: ['state', 'pending'] }] as const)(
    'says that %o does not hold',
    async (when) => {
      service.plays(() => new AwsRefusal('ConditionalCheckFailedException'))
      expect(await table.write([{ remove: KEY, when }])).toEqual({ committed: false, failed: [0] })
    },
  )

  it('writes several rows in one transaction, and says whose condition did not hold', async () => {
    service.plays(() => cancelled(FINE, FAILED, FINE, FAILED))
    const result = await table.write([
      { put: { pk: 'C#1', sk: 'T#1' } },
      { put: { ...KEY, version: 5 }, when: { versionIs: 4 } },
      { remove: { pk: 'C#1', sk: 'W#1' } },
      { check: { pk: 'C#1', sk: 'E#1' }, when: 'present' },
    ])
    expect(result).toEqual({ committed: false, failed: [1, 3] })
    const items = service.calls[0]?.body.TransactItems
    expect(items.map((item: object) => Object.keys(item)[0])).toEqual(['Put', 'Put', 'Delete', 'ConditionCheck'])
  })

  it('sets attributes, and removes those that are null or undefined', async () => {
    service.plays(() => ({}))
    await table.write([{ set: KEY, attributes: { state: 'done', ipk: null, isk: undefined }, when: 'present' }])
    expect(service.calls[0]).toMatchObject({
      operation: 'UpdateItem',
      body: {
        UpdateExpression: 'SET #0 = :0 REMOVE #1, #2',
        ExpressionAttributeNames: { '#0': 'state', '#1': 'ipk', '#2': 'isk' },
        ExpressionAttributeValues: { ':0': { S: 'done' } },
      },
    })
  })

  it('adds once, even when the answer was lost: the request that is sent again carries the same token', async () => {
    service.plays(inTurn('lost', {}))
    expect(await table.write([{ add: KEY, amounts: { sent: 1 } }])).toEqual({ committed: true })
    const tokens = service.calls.map(({ operation, body }) => [operation, body.ClientRequestToken])
    expect(tokens).toHaveLength(2)
    expect(tokens[0]).toEqual(['TransactWriteItems', expect.any(String)])
    expect(tokens[1]).toEqual(tokens[0])
  })

  it('claims no outcome when its own lost write may be what fails the condition', async () => {
    service.plays(inTurn('lost', new AwsRefusal('ConditionalCheckFailedException')))
    await expect(table.write([{ put: KEY, when: 'absent' }])).rejects.toMatchObject({ name: 'Conflict' })
  })

  it('tries again while another transaction is at the same rows', async () => {
    service.plays(
      inTurn(cancelled({ Code: 'TransactionConflict' }), new AwsRefusal('TransactionConflictException'), {}),
    )
    expect(await table.write([{ put: KEY, when: 'absent' }])).toEqual({ committed: true })
    expect(service.calls).toHaveLength(3)
  })

  it('begins a new row where an expired one is still stored', async () => {
    const Item = stored('PROFILE', { expiresAt: { N: String(NOW) }, left: { S: 'over' } })
    service.plays(inTurn(new AwsRefusal('ConditionalCheckFailedException', { Item }), {}, {}))
    expect(await table.write([{ set: KEY, attributes: { state: 'new' } }])).toEqual({ committed: true })
    expect(service.calls.map(({ operation }) => operation)).toEqual(['UpdateItem', 'DeleteItem', 'UpdateItem'])
    expect(service.calls[1]?.body.ConditionExpression).toBe('expiresAt <= :now')
  })

  it('says absent of a row that is stored and has not expired', async () => {
    const Item = stored('PROFILE', { expiresAt: { N: String(NOW + 1) } })
    service.plays(() => new AwsRefusal('ConditionalCheckFailedException', { Item }))
    const result = await table.write([{ set: KEY, attributes: { state: 'new' }, when: 'absent' }])
    expect(result).toEqual({ committed: false, failed: [0] })
  })

  it('writes values as JSON has them', async () => {
    service.plays(() => ({}))
    await table.write([{ put: { ...KEY, at: new Date(0), list: [undefined, Number.NaN], none: undefined, big: 1e19 } }])
    expect(service.calls[0]?.body.Item).toEqual({
      ...STORED_KEY,
      at: { S: '1970-01-01T00:00:00.000Z' },
      list: { L: [{ NULL: true }, { NULL: true }] },
      big: { N: '10000000000000000000' },
    })
  })

  it('does nothing for no operations', async () => {
    service.plays(() => ({}))
    expect(await table.write([])).toEqual({ committed: true })
    expect(service.calls).toEqual([])
  })

  it.each([
    ['the same row twice', [{ put: KEY }, { remove: KEY }], 'table.repeated-key'],
    [
      'more than 100 rows',
      Array.from({ length: 101 }, (_, at) => ({ remove: { pk: 'C#1', sk: `${at}` } })),
      'table.too-many',
    ],
    ['a row above 400 KB', [{ put: { ...KEY, text: 'x'.repeat(400 * 1024) } }], 'table.item-too-large'],
    ['an empty key', [{ put: { pk: 'C#1', sk: '' } }], 'table.empty-key'],
    ['a long key', [{ put: { pk: 'C#1', sk: 'x'.repeat(1_025) } }], 'table.key-too-long'],
    [
      'more than 4 MB',
      Array.from({ length: 11 }, (_, at) => ({ put: { pk: 'C#1', sk: `${at}`, text: 'x'.repeat(390 * 1024) } })),
      'table.write-too-large',
    ],
  ])('refuses %s before anything is sent', async (_, operations, code) => {
    service.plays(() => ({}))
    await expect(table.write(operations)).rejects.toMatchObject({ name: 'InvalidInput', code })
    expect(service.calls).toEqual([])
  })
})
