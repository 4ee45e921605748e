import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'
import { describe, expect, it, onTestFinished } from 'vitest'
import { AwsService } from '#test/builders/an-aws-service.ts'
import { changesOf } from './stream-changes.ts'
import { dynamoTable } from './table.ts'

const NOW = 1_800_000_000
const Keys = { pk: { S: 'C#1' }, sk: { S: 'E#1' } }
const KEY = { pk: 'C#1', sk: 'E#1' }

/** As Lambda gets it from the stream of a table. */
function aRecord(eventName: NonNullable<DynamoDBRecord['eventName']>, images: DynamoDBRecord['dynamodb'] = {}) {
  const dynamodb = {
    Keys,
    SequenceNumber: '111',
    ApproximateCreationDateTime: NOW,
    StreamViewType: 'NEW_AND_OLD_IMAGES',
    ...images,
  }
  return { eventID: '1', eventName, eventSource: 'aws:dynamodb', dynamodb } as DynamoDBRecord
}

const pending = { ...Keys, state: { S: 'pending' } }
const running = { ...Keys, state: { S: 'running' }, big: { N: '12345678901234567000' } }

describe('changesOf', () => {
  it('reads a new row', () => {
    const changes = changesOf({ Records: [aRecord('INSERT', { NewImage: pending })] })
    expect(changes).toEqual([{ sequence: '111', ...KEY, after: { ...KEY, state: 'pending' } }])
  })

  it('reads rows in a process that has used the table', async () => {
    const service = await new AwsService().listen()
    onTestFinished(() => service.close())
    const client = new DynamoDBClient(service.config)
    await dynamoTable({ client, tableName: 'rows', clock: { now: () => NOW * 1_000 } }).get(KEY)
    const [change] = changesOf({ Records: [aRecord('INSERT', { NewImage: pending })] })
    expect(change?.after).toEqual({ ...KEY, state: 'pending' })
  })

  it('reads a row that was changed, with what it was', () => {
    const [change] = changesOf({ Records: [aRecord('MODIFY', { OldImage: pending, NewImage: running })] })
    expect(change?.before).toEqual({ ...KEY, state: 'pending' })
    expect(change?.after).toEqual({ ...KEY, state: 'running', big: 12345678901234567000 })
  })

  it('reads a row that was removed', () => {
    const changes = changesOf({ Records: [aRecord('REMOVE', { OldImage: pending })] })
    expect(changes).toEqual([{ sequence: '111', ...KEY, before: { ...KEY, state: 'pending' } }])
  })

  it('takes a row that had expired for a new one', () => {
    const OldImage = { ...pending, expiresAt: { N: String(NOW) } }
    const [change] = changesOf({ Records: [aRecord('MODIFY', { OldImage, NewImage: running })] })
    expect(change).not.toHaveProperty('before')
  })

  it('leaves out what DynamoDB removes because it expired', () => {
    const userIdentity = { type: 'Service', principalId: 'dynamodb.amazonaws.com' }
    const OldImage = { ...pending, expiresAt: { N: String(NOW - 60) } }
    expect(changesOf({ Records: [{ ...aRecord('REMOVE', { OldImage }), userIdentity }] })).toEqual([])
  })
})
