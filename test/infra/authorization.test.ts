import { describe, expect, it } from 'vitest'
import { arnOf, PSEUDO_PARAMETERS, REGION } from '../aws/installation.ts'
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

/** What a reference to a resource of each kind becomes. */
const ARNS: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::GlobalTable.Arn': arnOf('dynamodb', 'table/x'),
  'AWS::DynamoDB::GlobalTable.StreamArn': arnOf('dynamodb', 'table/x/stream/x'),
  'AWS::Events::EventBus.Arn': arnOf('events', 'event-bus/x'),
  'AWS::IAM::Role.Arn': arnOf('iam', 'role/x').replace(REGION, ''),
  'AWS::Lambda::Function.Arn': arnOf('lambda', 'function:x'),
  'AWS::Logs::LogGroup.Arn': arnOf('logs', 'log-group:x:*'),
  'AWS::SecretsManager::Secret': arnOf('secretsmanager', 'secret:x'),
  'AWS::SQS::Queue.Arn': arnOf('sqs', 'x'),
}

function resolve(value: Properties): string {
  if (typeof value === 'string') return value
  if (value['Fn::Join'] !== undefined) return value['Fn::Join'][1].map(resolve).join('')
  const [id, attribute] = value['Fn::GetAtt'] ?? [value.Ref]
  const type = template.toJSON().Resources[id]?.Type
  return PSEUDO_PARAMETERS[id] ?? ARNS[attribute === undefined ? type : `${type}.${attribute}`] ?? JSON.stringify(value)
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
