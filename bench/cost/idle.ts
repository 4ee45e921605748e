import { DUE_SHARDS } from '#shared/time/due.ts'
import { addUsage, scaleUsage, type Usage } from './bill.ts'

/** A template of CloudFormation, as far as it is read here. */
export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>
}

interface Resource {
  readonly Type: string
  readonly Properties?: Readonly<Record<string, unknown>>
}

const MINUTES = (365.25 * 24 * 60) / 12

/** docs.aws.amazon.com/lambda, "Configuring scaling behavior": of which each asks for twenty seconds. At times it is two. */
const POLLERS = 5
const POLLS_A_MINUTE = 3

/** A sweep that finds nothing: it asks each shard of the index, and writes as little into the log as a function can. */
export const IDLE_SWEEP: Usage = {
  'DynamoDB read unit': DUE_SHARDS / 2,
  'Lambda request': 1,
  // 200 ms at 512 MB.
  'Lambda GB-second': 0.1,
  'CloudWatch log GB': 1_000 / 1e9,
}

/** What a month costs in which nothing happens. @throws Error for a kind of resource that nobody has priced. */
export function idleUsage({ Resources }: Template): Usage {
  const priced = Object.values(Resources).filter(({ Type }) => !FREE.has(Type) && !Type.startsWith('Custom::'))
  return addUsage(
    ...priced.map(({ Type, Properties = {} }) => {
      const usageOf = MONTHLY[Type]
      if (usageOf === undefined) throw new Error(`What does a month of ${Type} cost? Say so in bench/cost/idle.ts.`)
      return usageOf(Properties)
    }),
  )
}

const MONTHLY: Readonly<Record<string, (properties: Readonly<Record<string, unknown>>) => Usage>> = {
  'AWS::SecretsManager::Secret': () => ({ 'Secrets Manager secret a month': 1 }),
  'AWS::KMS::Key': () => ({ 'KMS key a month': 1 }),
  'AWS::CloudWatch::Alarm': ({ Metrics }) => ({ 'CloudWatch alarm a month': metricsIn(Metrics) }),
  // As if what it looks for were written all the time.
  'AWS::Logs::MetricFilter': () => ({ 'CloudWatch metric a month': 1 }),
  'AWS::CloudWatch::Dashboard': () => ({ 'CloudWatch dashboard a month': 1 }),
  // A function polls its queue day and night; reading a table's stream is free.
  'AWS::Lambda::EventSourceMapping': ({ StartingPosition }) =>
    StartingPosition === undefined ? { 'SQS request': POLLERS * POLLS_A_MINUTE * MINUTES } : {},
  // The schedule is free, what it starts is not.
  'AWS::Events::Rule': ({ ScheduleExpression }) => scheduled(ScheduleExpression),
}

/** An alarm on an expression costs as much as one on each of its metrics. */
function metricsIn(metrics: unknown): number {
  return Array.isArray(metrics) ? metrics.filter((metric) => 'MetricStat' in metric).length : 1
}

function scheduled(expression: unknown): Usage {
  if (expression === undefined) return {}
  const [, count] = /^rate\((\d+) minutes?\)$/.exec(String(expression)) ?? []
  if (count === undefined) throw new Error(`How often a month is ${String(expression)}?`)
  return scaleUsage(IDLE_SWEEP, MINUTES / Number(count))
}

/** What costs by use, or nothing at all. */
const FREE: ReadonlySet<string> = new Set([
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::ApiMapping',
  'AWS::ApiGatewayV2::DomainName',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::Budgets::Budget',
  'AWS::CDK::Metadata',
  'AWS::CloudFormation::CustomResource',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::Function',
  'AWS::CloudFront::OriginAccessControl',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::Cognito::ManagedLoginBranding',
  'AWS::Cognito::UserPool',
  'AWS::Cognito::UserPoolClient',
  'AWS::Cognito::UserPoolDomain',
  'AWS::Cognito::UserPoolGroup',
  'AWS::DynamoDB::GlobalTable',
  'AWS::Events::EventBus',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::KMS::Alias',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::Function',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::Logs::ResourcePolicy',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SES::ConfigurationSet',
  'AWS::SES::ConfigurationSetEventDestination',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
])
