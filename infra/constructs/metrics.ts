import { Duration } from 'aws-cdk-lib'
import { Metric, type MetricProps } from 'aws-cdk-lib/aws-cloudwatch'
import { METRICS } from '#functions/aws/log.ts'
import { INDEX_NAME } from '#functions/aws/store.ts'
import type { Notice } from '#shared/world/notices.ts'

type Dimensions = Readonly<Record<string, string>>
type More = Partial<Pick<MetricProps, 'period' | 'label' | 'statistic'>>

/** A metric of AWS's own, by five minutes; what is asked for twice in the same way is one metric to CloudWatch. */
function metric(
  namespace: string,
  metricName: string,
  statistic: string,
  dimensionsMap: Dimensions,
  more: More,
): Metric {
  return new Metric({
    namespace,
    metricName,
    statistic,
    dimensionsMap: { ...dimensionsMap },
    period: Duration.minutes(5),
    ...more,
  })
}

/** How often operators were told something; it costs only while there is something to tell. */
export function told(stack: string, notice: Notice, more: More = {}): Metric {
  return metric(METRICS, notice, 'Sum', { service: stack }, more)
}

export function lambda(name: string, statistic: string, functionName?: string, more: More = {}): Metric {
  return metric('AWS/Lambda', name, statistic, functionName === undefined ? {} : { FunctionName: functionName }, more)
}

export function sqs(name: string, statistic: string, queueName: string, more: More = {}): Metric {
  return metric('AWS/SQS', name, statistic, { QueueName: queueName }, more)
}

export function table(name: string, tableName: string, more: More = {}): Metric {
  return metric('AWS/DynamoDB', name, 'Sum', { TableName: tableName }, more)
}

export function index(name: string, tableName: string, more: More = {}): Metric {
  return metric('AWS/DynamoDB', name, 'Sum', { TableName: tableName, GlobalSecondaryIndexName: INDEX_NAME }, more)
}

export function api(name: string, statistic: string, apiId: string, more: More = {}): Metric {
  return metric('AWS/ApiGateway', name, statistic, { ApiId: apiId }, more)
}

/** Of all machines of the account: those of journeys are made later than this. */
export function machines(name: string, more: More = {}): Metric {
  return metric('AWS/States', name, 'Maximum', {}, more)
}

/** Of all emails of the account. */
export function emails(name: string, more: More = {}): Metric {
  return metric('AWS/SES', name, 'Sum', {}, more)
}

/** A share of the emails of an installation, 0 to 1. */
export function reputation(name: string, configurationSet: string, more: More = {}): Metric {
  return metric('AWS/SES', name, 'Average', { 'ses:configuration-set': configurationSet }, more)
}

/** Of all texts of the account. */
export function texts(name: string, statistic: string, more: More = {}): Metric {
  return metric('AWS/SMSVoice', name, statistic, {}, more)
}
