import { describe, expect, it } from 'vitest'
import { all, aTemplate, EVERYTHING, functionOf, idOf, triggeredBy } from './a-template.ts'

const template = aTemplate()

describe('the table', () => {
  const [id, table] = all(template, 'AWS::DynamoDB::GlobalTable')[0]!

  it('is paid by use, can be restored, forgets what has expired and tells of its changes', () => {
    expect(table).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      Replicas: [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
    })
  })

  it('has the sparse index, with whole rows', () => {
    expect(table.GlobalSecondaryIndexes).toMatchObject([
      {
        IndexName: 'by-index',
        KeySchema: [{ AttributeName: 'ipk' }, { AttributeName: 'isk' }],
        Projection: { ProjectionType: 'ALL' },
      },
    ])
  })

  it.each(triggeredBy('changes'))('tells $name of the rows it follows', (manifest) => {
    const [, source] = all(template, 'AWS::Lambda::EventSourceMapping').find(
      ([, { EventSourceArn }]) => idOf(EventSourceArn) === id,
    )!
    expect(idOf(source.FunctionName)).toBe(functionOf(template, manifest)[0])
    expect(source).toMatchObject({
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    })
    const { sk } = JSON.parse(source.FilterCriteria.Filters[0].Pattern).dynamodb.Keys
    const { trigger } = manifest
    expect(sk.S).toEqual(trigger.on === 'changes' && trigger.sortKeys.map((prefix) => ({ prefix })))
  })

  it.each([
    [true, 'Retain', 'RetainExceptOnCreate'],
    [false, 'Delete', 'Delete'],
  ])('with retain %s, deleting the stack means %s for it and %s for the keys', (retain, table, keys) => {
    const stack = aTemplate({ ...EVERYTHING, retain })
    stack.allResources('AWS::DynamoDB::GlobalTable', { DeletionPolicy: table })
    for (const type of ['AWS::SecretsManager::Secret', 'AWS::KMS::Key'])
      stack.allResources(type, { DeletionPolicy: keys })
    const [replica] = all(stack, 'AWS::DynamoDB::GlobalTable')[0]![1].Replicas
    expect(replica.DeletionProtectionEnabled).toBe(retain)
  })
})
