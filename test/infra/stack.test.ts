import { readFileSync } from 'node:fs'
import { App } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { Code } from 'aws-cdk-lib/aws-lambda'
import { describe, expect, it } from 'vitest'
import { Environment } from '#functions/aws/environment.ts'
import { catalog } from '#functions/catalog.ts'
import type { Manifest } from '#functions/kit/manifest.ts'
import { readSettings } from '../../infra/config.ts'
import { ThroughlineStack } from '../../infra/stack.ts'

const CONTEXT = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')).context

// biome-ignore lint/suspicious/noExplicitAny: CloudFormation, of which each test looks at another place
type Properties = any

function synth(settings: Record<string, unknown> = {}): Template {
  const app = new App({ context: { ...CONTEXT, ...settings } })
  const code = Code.fromInline('export const handler = () => {}')
  return Template.fromStack(new ThroughlineStack(app, 'Stack', { settings: readSettings(app.node), code }))
}

const template = synth()

function all(type: string, of = template): readonly (readonly [string, Properties])[] {
  return Object.entries(of.findResources(type)).map(([id, { Properties }]) => [id, Properties] as const)
}

function one(type: string): Properties {
  const [only, ...others] = all(type)
  expect(others).toEqual([])
  return only?.[1]
}

function idOf(reference: Properties): string {
  return reference['Fn::GetAtt']?.[0] ?? reference.Ref
}

function functionOf({ name }: Manifest): readonly [string, Properties] {
  return all('AWS::Lambda::Function').find(([, { FunctionName }]) => FunctionName === `throughline-kaffi-${name}`)!
}

/** What the role of a function may, as `action resource`, the resource without account and region. */
function rightsOf(manifest: Manifest): readonly string[] {
  const role = idOf(functionOf(manifest)[1].Role)
  const statements = all('AWS::IAM::Policy').flatMap(([, { Roles, PolicyDocument }]) =>
    Roles.some((one: Properties) => idOf(one) === role) ? PolicyDocument.Statement : [],
  )
  return statements.flatMap(({ Action, Resource }: Properties) =>
    [Action].flat().flatMap((action) => [Resource].flat().map((resource) => `${action} ${nameOf(resource)}`)),
  )
}

function nameOf(resource: Properties): string {
  if (typeof resource === 'string') return resource
  if (resource['Fn::Join'] === undefined) return idOf(resource)
  return resource['Fn::Join'][1].map((part: Properties) => (typeof part === 'string' ? part : idOf(part))).join('')
}

function triggeredBy<On extends Manifest['trigger']['on']>(on: On): readonly Manifest[] {
  return catalog.filter(({ trigger }) => trigger.on === on)
}

describe('queues', () => {
  it('each has dead letters, or holds some', () => {
    const queues = all('AWS::SQS::Queue')
    const holders = new Set([
      ...queues.flatMap(([, { RedrivePolicy }]) => (RedrivePolicy ? [idOf(RedrivePolicy.deadLetterTargetArn)] : [])),
      ...all('AWS::Events::Rule').flatMap(([, { Targets }]) =>
        Targets.map(({ DeadLetterConfig }: Properties) => idOf(DeadLetterConfig.Arn)),
      ),
      ...all('AWS::Lambda::EventSourceMapping').flatMap(([, { DestinationConfig }]) =>
        DestinationConfig ? [idOf(DestinationConfig.OnFailure.Destination)] : [],
      ),
    ])
    const loose = queues.filter(([id, { RedrivePolicy }]) => RedrivePolicy === undefined && !holders.has(id))
    expect(loose).toEqual([])
    expect(queues.length).toBeGreaterThan(holders.size)
  })

  it('keep dead letters for 14 days', () => {
    const kept = all('AWS::SQS::Queue').map(([, { MessageRetentionPeriod }]) => MessageRetentionPeriod)
    expect(new Set(kept)).toEqual(new Set([14 * 86_400]))
  })

  it('hide a batch for six times as long as its function may take', () => {
    const sources = all('AWS::Lambda::EventSourceMapping').filter(([, { EventSourceArn }]) =>
      idOf(EventSourceArn).includes('Queue'),
    )
    for (const [, { EventSourceArn, FunctionName, FunctionResponseTypes }] of sources) {
      const { VisibilityTimeout } = template.toJSON().Resources[idOf(EventSourceArn)].Properties
      const { Timeout } = template.toJSON().Resources[idOf(FunctionName)].Properties
      expect(VisibilityTimeout).toBeGreaterThanOrEqual(6 * Timeout)
      expect(FunctionResponseTypes).toEqual(['ReportBatchItemFailures'])
    }
    expect(sources).toHaveLength(triggeredBy('bus').length + triggeredBy('provider-events').length)
  })
})

describe('what customers text', () => {
  it('comes by a topic that only the SMS service may write to, into the queue of the feedback, as it is', () => {
    const [[topic, { TopicName }]] = all('AWS::SNS::Topic') as [[string, { TopicName: string }]]
    expect(TopicName).toBe('throughline-kaffi-inbound-texts')
    const [[, subscription]] = all('AWS::SNS::Subscription') as [[string, Record<string, unknown>]]
    expect(subscription).toMatchObject({ Protocol: 'sqs', RawMessageDelivery: true, TopicArn: { Ref: topic } })
    const [[, { PolicyDocument }]] = all('AWS::SNS::TopicPolicy') as [
      [string, { PolicyDocument: { Statement: object[] } }],
    ]
    expect(PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({ Action: 'sns:Publish', Principal: { Service: 'sms-voice.amazonaws.com' } }),
    )
  })
})

describe('rules', () => {
  it('each says how often to try, and where what could not be delivered goes', () => {
    const targets = all('AWS::Events::Rule').flatMap(([, { Targets }]) => Targets)
    expect(targets.length).toBeGreaterThan(0)
    for (const { RetryPolicy, DeadLetterConfig } of targets) {
      expect(RetryPolicy).toEqual({
        MaximumRetryAttempts: expect.any(Number),
        MaximumEventAgeInSeconds: expect.any(Number),
      })
      expect(DeadLetterConfig.Arn).toBeDefined()
    }
  })

  it('take feedback on our own emails only', () => {
    const [, rule] = all('AWS::Events::Rule').find(([, { EventPattern }]) => EventPattern?.source.includes('aws.ses'))!
    expect(rule.EventBusName).toBe('default')
    expect(rule.EventPattern.detail).toEqual({ mail: { tags: { 'ses:configuration-set': ['throughline-kaffi'] } } })
  })

  it.each(triggeredBy('schedule'))('run $name at its rate', (manifest) => {
    const rules = all('AWS::Events::Rule').filter(([, { Targets }]) => idOf(Targets[0].Arn) === functionOf(manifest)[0])
    expect(rules.map(([, { ScheduleExpression }]) => ScheduleExpression)).toEqual(['rate(1 minute)'])
  })
})

describe.each(catalog)('the function $name', (manifest) => {
  it('is deployed as its manifest says', () => {
    expect(functionOf(manifest)[1]).toMatchObject({
      Handler: `${manifest.name}/handler.handler`,
      Timeout: manifest.timeoutSeconds,
      MemorySize: manifest.memoryMb,
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Description: manifest.does,
    })
  })

  it('has what it takes its world from', () => {
    const { NODE_OPTIONS: _, ...variables } = functionOf(manifest)[1].Environment.Variables
    const required = Object.keys(Environment.shape).filter((name) => name !== 'PUSH_APPLICATION_ID')
    expect(Object.keys(variables).sort()).toEqual(required.sort())
  })

  it('may nothing on everything', () => {
    const rights = rightsOf(manifest)
    expect(rights.length).toBeGreaterThan(0)
    expect(rights.filter((right) => /^\*|:\* |\* \*$| \*$/.test(right))).toEqual([])
  })

  it.each([
    ['table:write', /^dynamodb:(Put|Update|Delete)Item /],
    ['table:read', /^dynamodb:(GetItem|Query|Scan) /],
    ['bus:publish', /^events:PutEvents /],
    ['machines:publish', /^states:(Create|Update)StateMachine |^iam:PassRole /],
    ['machines:start', /^states:StartExecution /],
    ['machines:resume', /^states:SendTask/],
    ['send:email', /^ses:/],
    ['send:sms', /^sms-voice:/],
    ['send:push', /^mobiletargeting:/],
    ['secrets:link-key', /^secretsmanager:GetSecretValue .*LinkKey/],
    ['secrets:webhook-key', /^secretsmanager:GetSecretValue .*WebhookKey/],
  ] as const)('has the rights of %s only if its manifest asks for it', (permission, right) => {
    const isAsked = manifest.may.includes(permission) && permission !== 'send:push'
    expect(rightsOf(manifest).some((one) => right.test(one))).toBe(isAsked)
  })

  it('keeps its logs for a limited time', () => {
    const group = template.toJSON().Resources[idOf(functionOf(manifest)[1].LoggingConfig.LogGroup)].Properties
    expect(group).toMatchObject({ LogGroupName: `/aws/lambda/throughline-kaffi-${manifest.name}`, RetentionInDays: 30 })
  })
})

describe('rights', () => {
  it('are stars only where AWS knows no name beforehand', () => {
    const stars = new Set(
      catalog
        .flatMap(rightsOf)
        .filter((right) => right.includes('*'))
        .map((right) => right.replace(/.*:(?=[^:]*\*)/, '')),
    )
    expect([...stars].sort()).toEqual([
      // The numbers that brand.yaml names.
      'phone-number/*',
      'pool/*',
      'sender-id/*',
      // The machines of journeys, made when these are published.
      'throughline-kaffi-*',
    ])
  })

  it('to send are limited to the domain of the sender', () => {
    const [sender] = catalog.filter(({ may }) => may.includes('send:email'))
    const identities = rightsOf(sender!).filter((right) => right.includes('identity/'))
    expect(identities.map((right) => right.split('identity/')[1]).sort()).toEqual([
      'hello@kaffi.example',
      'kaffi.example',
    ])
  })

  it('to push come with the application that is pushed through', () => {
    const actions = all('AWS::IAM::Policy', synth({ pushApplicationId: 'app1' })).flatMap(
      ([, { PolicyDocument }]) => PolicyDocument.Statement,
    )
    const push = actions.filter(({ Action }: Properties) => Action === 'mobiletargeting:SendMessages')
    expect(push.map(({ Resource }: Properties) => nameOf(Resource).split('apps/')[1])).toEqual(
      push.map(() => 'app1/messages'),
    )
    expect(push.length).toBeGreaterThan(0)
  })

  it('of a machine are to call the functions of steps', () => {
    const [, role] = all('AWS::IAM::Role').find(([, { AssumeRolePolicyDocument }]) =>
      JSON.stringify(AssumeRolePolicyDocument).includes('states.amazonaws.com'),
    )!
    expect(role.AssumeRolePolicyDocument.Statement[0].Condition.StringEquals).toHaveProperty('aws:SourceAccount')
    const [, { PolicyDocument }] = all('AWS::IAM::Policy').find(([id]) => id.startsWith('MachinesRole'))!
    const called = PolicyDocument.Statement.flatMap(({ Resource }: Properties) => [Resource].flat().map(idOf))
    expect(called.sort()).toEqual(
      triggeredBy('task')
        .map((manifest) => functionOf(manifest)[0])
        .sort(),
    )
  })

  it('to know the token of the API are only for what answers it', () => {
    const knowing = catalog.filter((manifest) => rightsOf(manifest).some((right) => right.includes('ApiToken')))
    expect(knowing).toEqual(triggeredBy('http'))
  })
})

describe('the table', () => {
  const [id, table] = all('AWS::DynamoDB::GlobalTable')[0]!

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
    const [, source] = all('AWS::Lambda::EventSourceMapping').find(
      ([, { EventSourceArn }]) => idOf(EventSourceArn) === id,
    )!
    expect(idOf(source.FunctionName)).toBe(functionOf(manifest)[0])
    expect(source).toMatchObject({
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    })
    const { sk } = JSON.parse(source.FilterCriteria.Filters[0].Pattern).dynamodb.Keys
    const { trigger } = manifest
    expect(sk.S).toEqual(trigger.on === 'changes' && trigger.sortKeys.map((prefix) => ({ prefix })))
  })

  it.each([
    [true, 'Retain'],
    ['false', 'Delete'],
  ])('with retain %s, deleting the stack means %s for it and the keys', (retain, policy) => {
    const stack = synth({ retain })
    for (const type of ['AWS::DynamoDB::GlobalTable', 'AWS::SecretsManager::Secret'])
      stack.allResources(type, { DeletionPolicy: policy })
    const [replica] = all('AWS::DynamoDB::GlobalTable', stack)[0]![1].Replicas
    expect(replica.DeletionProtectionEnabled).toBe(policy === 'Retain')
  })
})

describe('the API', () => {
  it.each(triggeredBy('http'))('sends the paths of $name to it', ({ trigger }) => {
    const keys = all('AWS::ApiGatewayV2::Route').map(([, { RouteKey }]) => RouteKey)
    const paths = trigger.on === 'http' ? trigger.paths : []
    expect(keys.sort()).toEqual(paths.flatMap((path) => [`ANY ${path}`, `ANY ${path}/{proxy+}`]).sort())
  })

  it('is where links point, unless a domain leads to it', () => {
    const urls = (of: Template) =>
      new Set(
        all('AWS::Lambda::Function', of).map(
          ([
            ,
            {
              Environment: { Variables },
            },
          ]) => JSON.stringify(Variables.PUBLIC_URL),
        ),
      )
    expect([...urls(template)]).toEqual([expect.stringContaining('ApiEndpoint')])
    expect([...urls(synth({ domain: 'links.kaffi.example' }))]).toEqual(['"https://links.kaffi.example"'])
  })
})

describe('feedback', () => {
  it('comes for everything that happens to an email but what we know ourselves: that it was sent, and clicks', () => {
    const { EventDestination } = one('AWS::SES::ConfigurationSetEventDestination')
    const types = ['bounce', 'complaint', 'delivery', 'open', 'reject', 'renderingFailure']
    expect([...EventDestination.MatchingEventTypes].sort()).toEqual(types)
    expect(JSON.stringify(EventDestination.EventBridgeDestination)).toContain('event-bus/default')
  })
})

describe('settings', () => {
  it.each([
    ['brand', 'Kaffi & Co'],
    ['fromAddress', 'kaffi'],
    ['domain', 'https://kaffi.example'],
    ['logRetentionDays', '31'],
    ['retain', 'perhaps'],
  ])('a wrong %s is refused by name', (name, value) => {
    expect(() => synth({ [name]: value })).toThrow(
      expect.objectContaining({ name: 'Misconfigured', message: expect.stringContaining(`${name} `) }),
    )
  })
})
