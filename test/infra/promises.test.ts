import type { Template } from 'aws-cdk-lib/assertions'
import { describe, expect, it } from 'vitest'
import { all, aTemplate, EVERYTHING, idOf, type Properties, propertiesOf } from './a-template.ts'

const least = aTemplate()
const whole = aTemplate(EVERYTHING)

/** What holds data, and so may stay when the stack goes. */
const HOLDS_DATA = [
  'AWS::DynamoDB::GlobalTable',
  'AWS::SecretsManager::Secret',
  'AWS::KMS::Key',
  'AWS::Cognito::UserPool',
]

function kept(template: Template): readonly string[] {
  const resources: readonly Properties[] = Object.values(template.toJSON().Resources)
  const staying = resources.filter(({ DeletionPolicy }) => /^Retain/.test(DeletionPolicy ?? ''))
  return [...new Set(staying.map(({ Type }) => Type))].sort()
}

describe('when the stack is deleted', () => {
  it('only what holds data stays, and not even that unless it is to be retained', () => {
    expect(kept(whole)).toEqual([...HOLDS_DATA].sort())
    expect(kept(aTemplate({ ...EVERYTHING, retain: false }))).toEqual([])
  })

  it('the machines of journeys go first, by a function that may nothing else', () => {
    const [, hook] = all(least, 'AWS::CloudFormation::CustomResource')[0]!
    expect(JSON.stringify(hook.ArnPrefix)).toContain('stateMachine:throughline-kaffi_')
    const { Role, Handler } = propertiesOf(least, hook.ServiceToken)
    expect(Handler).toBe('on-delete/handler.handler')
    const [, { PolicyDocument }] = all(least, 'AWS::IAM::Policy').find(
      ([, { Roles }]) => idOf(Roles[0]) === idOf(Role),
    )!
    const actions = PolicyDocument.Statement.flatMap(({ Action }: Properties) => Action)
    expect(actions.sort()).toEqual([
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'states:DeleteStateMachine',
      'states:ListExecutions',
      'states:ListStateMachines',
      'states:StopExecution',
    ])
  })
})

describe('logs', () => {
  it('are all kept for as long as is said, and go with the stack', () => {
    const groups = all(aTemplate({ ...EVERYTHING, logs: 7 }), 'AWS::Logs::LogGroup')
    expect(new Set(groups.map(([, { RetentionInDays }]) => RetentionInDays))).toEqual(new Set([7]))
    const names = groups.map(([, { LogGroupName }]) => LogGroupName)
    expect(names).toContain('/aws/vendedlogs/states/throughline-kaffi')
    expect(names).toContain('/aws/vendedlogs/api/throughline-kaffi')
  })

  it('of the API say neither who asked nor with which link', () => {
    const [, { AccessLogSettings }] = all(least, 'AWS::ApiGatewayV2::Stage')[0]!
    expect(AccessLogSettings.Format).toContain('$context.routeKey')
    expect(AccessLogSettings.Format).not.toMatch(/path|sourceIp|userAgent|authorizer/i)
  })
})

describe('encryption', () => {
  it('is by keys of AWS that cost nothing', () => {
    expect(all(least, 'AWS::KMS::Key')).toEqual([])
    expect(all(least, 'AWS::SQS::Queue').map(([, { SqsManagedSseEnabled }]) => SqsManagedSseEnabled)).not.toContain(
      false,
    )
    expect(all(least, 'AWS::DynamoDB::GlobalTable')[0]![1].SSESpecification).toEqual({ SSEEnabled: false })
  })

  it('is of all that holds data by a key of its own, if it is to have one', () => {
    const [[key, { EnableKeyRotation }]] = all(whole, 'AWS::KMS::Key') as [[string, Properties]]
    expect(EnableKeyRotation).toBe(true)
    const keys = [
      ...all(whole, 'AWS::SQS::Queue').map(([, { KmsMasterKeyId }]) => KmsMasterKeyId),
      ...all(whole, 'AWS::SNS::Topic').map(([, { KmsMasterKeyId }]) => KmsMasterKeyId),
      ...all(whole, 'AWS::SecretsManager::Secret').map(([, { KmsKeyId }]) => KmsKeyId),
      ...all(whole, 'AWS::DynamoDB::GlobalTable').map(
        ([, { Replicas }]) => Replicas[0].SSESpecification.KMSMasterKeyId,
      ),
    ]
    expect(keys.map((one) => (one === undefined ? 'none' : idOf(one)))).toEqual(keys.map(() => key))
  })
})

describe('a key of its own', () => {
  it('is used for whom they like by EventBridge, which does not say for whom, and by SNS, and by nobody else', () => {
    const [[, { KeyPolicy }]] = all(whole, 'AWS::KMS::Key') as [[string, Properties]]
    const unasked = KeyPolicy.Statement.filter(({ Condition }: Properties) => Condition === undefined)
    const [account, ...services] = unasked.map(({ Principal }: Properties) => Principal.Service ?? Principal.AWS)
    expect(JSON.stringify(account)).toContain(':root')
    expect(services.flat()).toEqual(expect.arrayContaining(['events.amazonaws.com', 'sns.amazonaws.com']))
    expect(new Set(services.flat()).size).toBe(2)
  })

  it('changes nothing in whose events a queue takes: those of its own rules', () => {
    const queues = all(whole, 'AWS::SQS::Queue').map(([id]) => id)
    const rules = all(whole, 'AWS::Events::Rule').filter(([, { Targets }]) => queues.includes(idOf(Targets[0].Arn)))
    for (const [rule, { Targets }] of rules) {
      const [, { PolicyDocument }] = all(whole, 'AWS::SQS::QueuePolicy').find(
        ([, { Queues }]) => idOf(Queues[0]) === idOf(Targets[0].Arn),
      )!
      const sources = PolicyDocument.Statement.flatMap(
        ({ Condition }: Properties) => Condition?.ArnEquals?.['aws:SourceArn'] ?? [],
      )
      expect(sources.map(idOf)).toContain(rule)
    }
    expect(rules).toHaveLength(4)
  })
})

describe('what has a name of ours', () => {
  it('is nothing that CloudFormation makes anew to change it: a budget, when somebody else is told', () => {
    expect(all(whole, 'AWS::Budgets::Budget')[0]![1].Budget).not.toHaveProperty('BudgetName')
  })
})

describe('what may be left out', () => {
  it.each([
    ['sms', 'AWS::SNS::Topic', 'inbound-texts'],
    ['sms', 'AWS::Events::Rule', 'aws.sms-voice'],
    ['whatsapp', 'AWS::SNS::Topic', 'inbound-whatsapp'],
    ['whatsapp', 'AWS::Events::Rule', 'aws.social-messaging'],
    ['budget', 'AWS::Budgets::Budget', 'ops@kaffi.example'],
    ['domain', 'AWS::ApiGatewayV2::DomainName', 'links.kaffi.example'],
    ['console', 'AWS::CloudFront::Distribution', ''],
  ])('is there for %s only', (_, type, text) => {
    const found = (template: Template) =>
      JSON.stringify(all(template, type)).includes(text) && all(template, type).length > 0
    expect([found(whole), found(least)]).toEqual([true, false])
  })

  it('as for tracing', () => {
    const modes = (template: Template) =>
      new Set(all(template, 'AWS::Lambda::Function').map(([, { TracingConfig }]) => TracingConfig?.Mode))
    expect([...modes(whole)]).toContain('Active')
    expect([...modes(least)]).toEqual([undefined])
  })
})

describe('everything', () => {
  it('that can be is tagged with the installation', () => {
    for (const type of [
      'AWS::DynamoDB::GlobalTable',
      'AWS::Lambda::Function',
      'AWS::SQS::Queue',
      'AWS::Logs::LogGroup',
    ])
      for (const [, { Tags, Replicas }] of all(least, type))
        expect(Replicas?.[0].Tags ?? Tags).toContainEqual({ Key: 'installation', Value: 'kaffi' })
  })

  it('is throttled that comes by HTTP', () => {
    const [, { DefaultRouteSettings }] = all(least, 'AWS::ApiGatewayV2::Stage')[0]!
    expect(DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 1_000, ThrottlingBurstLimit: 2_000 })
  })

  it('fits CloudFormation: at most 500 resources', () => {
    expect(Object.keys(whole.toJSON().Resources).length).toBeLessThan(450)
  })
})

describe('installations of one account', () => {
  /** Names that are not of the account, but of something else in the stack, or of AWS. */
  const inside = /^(Metric|Policy|Stage|Group|Domain)Name$/
  const names = (template: Template): readonly string[] =>
    Object.values(template.toJSON().Resources as Properties).flatMap(({ Properties = {} }: Properties) =>
      Object.entries(Properties).flatMap(([key, value]) =>
        /Name$/.test(key) && !inside.test(key) && typeof value === 'string' && value !== 'default' ? [value] : [],
      ),
    )
  const kaffi = names(whole)
  const test = names(
    aTemplate({ ...EVERYTHING, name: 'kaffi-test', stack: 'throughline-kaffi-test', domain: undefined }),
  )

  it('have no name in common', () => {
    expect(kaffi.length).toBeGreaterThan(40)
    expect(kaffi.filter((name) => test.includes(name))).toEqual([])
  })

  it('cannot reach the machines of each other, whatever journeys are called', () => {
    const own = (template: Template) =>
      JSON.stringify(template.toJSON()).match(/stateMachine:throughline-[a-z-]+[^a-z-]\*/g)
    const prefixes = new Set(own(whole)?.map((arn) => arn.replace(/\*$/, '')))
    expect([...prefixes]).toEqual(['stateMachine:throughline-kaffi_'])
    expect('stateMachine:throughline-kaffi-test_welcome'.startsWith([...prefixes][0]!)).toBe(false)
  })
})

describe('outputs', () => {
  it('are those that the command line looks for', () => {
    const names = (template: Template) =>
      Object.keys(template.findOutputs('*')).filter((name) => /^[A-Z][A-Za-z]+$/.test(name))
    const always = ['AlarmTopicArn', 'ApiTokenArn', 'ApiUrl', 'BusName', 'DashboardUrl', 'TableName', 'WebhookKeyArn']
    expect(names(least).sort()).toEqual(always)
    const optional = ['ConsoleUrl', 'DomainTarget', 'InboundTextsTopicArn', 'InboundWhatsAppTopicArn', 'SignInUrl']
    expect(names(whole).sort()).toEqual([...always, ...optional, 'UserPoolClientId', 'UserPoolId'].sort())
  })
})
