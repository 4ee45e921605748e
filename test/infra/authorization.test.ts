import { describe, expect, it } from 'vitest'
import { all, aTemplate, EVERYTHING, type Properties } from './a-template.ts'
import { fits, readAuthorization } from './authorization/authorization.ts'

/*
 * Every right of every role of ours is one that AWS can give: its action is known, and its resource is of a kind that the
 * action is about. A right to anything else would be none, and only the first call in an account would tell.
 */

const { actions: known } = readAuthorization()
const template = aTemplate(EVERYTHING)

/** CDK's own custom resources have rights of their own, written with stars. */
const OF_CDK = /^s3:|^cloudfront:|^kms:/

/** Given with the stream by CDK, as Lambda asks for it; by AWS's reference it is for all streams or none. */
const LISTED_BY_LAMBDA = 'dynamodb:ListStreams'

const PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-west-1',
  'AWS::AccountId': '123456789012',
}

const arn = (service: string, resource: string): string => `arn:aws:${service}:eu-west-1:123456789012:${resource}`

/** What a reference to a resource of each kind becomes. */
const ARNS: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::GlobalTable.Arn': arn('dynamodb', 'table/x'),
  'AWS::DynamoDB::GlobalTable.StreamArn': arn('dynamodb', 'table/x/stream/x'),
  'AWS::Events::EventBus.Arn': arn('events', 'event-bus/x'),
  'AWS::IAM::Role.Arn': 'arn:aws:iam::123456789012:role/x',
  'AWS::Lambda::Function.Arn': arn('lambda', 'function:x'),
  'AWS::Logs::LogGroup.Arn': arn('logs', 'log-group:x:*'),
  'AWS::SecretsManager::Secret': arn('secretsmanager', 'secret:x'),
  'AWS::SQS::Queue.Arn': arn('sqs', 'x'),
}

function resolve(value: Properties): string {
  if (typeof value === 'string') return value
  if (value['Fn::Join'] !== undefined) return value['Fn::Join'][1].map(resolve).join('')
  const [id, attribute] = value['Fn::GetAtt'] ?? [value.Ref]
  const type = template.toJSON().Resources[id]?.Type
  return PARAMETERS[id] ?? ARNS[attribute === undefined ? type : `${type}.${attribute}`] ?? JSON.stringify(value)
}

const rights = new Map<string, Set<string>>()
for (const [, { PolicyDocument }] of all(template, 'AWS::IAM::Policy'))
  for (const { Action, Resource } of PolicyDocument.Statement)
    for (const action of [Action].flat().filter((one) => !OF_CDK.test(one)))
      rights.set(action, new Set([...(rights.get(action) ?? []), ...[Resource].flat().map(resolve)]))

describe('the rights of roles', () => {
  it('are to actions that AWS knows', () => {
    expect([...rights.keys()].filter((action) => known[action] === undefined)).toEqual([])
    expect(rights.size).toBeGreaterThan(30)
  })

  it('name nothing but what the action may be limited to', () => {
    const wrong = [...rights].flatMap(([action, resources]) =>
      [...resources]
        .filter((one) => one !== '*' && !known[action]?.some((pattern) => fits(one, pattern)))
        .map((one) => `${action} ${one}`),
    )
    expect(wrong).toEqual([`${LISTED_BY_LAMBDA} ${ARNS['AWS::DynamoDB::GlobalTable.StreamArn']}`])
  })

  it('are to everything only where AWS knows no limit', () => {
    const unlimited = [...rights].filter(([, resources]) => resources.has('*')).map(([action]) => action)
    expect(unlimited.filter((action) => known[action]?.length !== 0)).toEqual([])
  })

  it('are recorded from AWS’s reference as far as they are used, and no further', () => {
    expect(Object.keys(known).filter((action) => !rights.has(action))).toEqual([])
  })
})
