import { Stack } from 'aws-cdk-lib'
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IAlarm,
  type IMetric,
  type IWidget,
  LogQueryVisualizationType,
  LogQueryWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch'
import { Construct } from 'constructs'
import { NOTICES } from '#shared/world/notices.ts'
import type { Installation } from '../installations.ts'
import * as metrics from './metrics.ts'
import type { Watched } from './watched.ts'

const WHOLE = 24
const THIRD = 8
/** For five rows of alarms. */
const OVERVIEW_HEIGHT = 5

interface Shown {
  readonly installation: Installation
  readonly watched: Watched
  readonly alarms: readonly IAlarm[]
}

/** What an operator looks at when an alarm came, or for no reason. The first three of an account cost nothing. */
export class MonitoringDashboard extends Construct {
  readonly url: string

  constructor(scope: Construct, id: string, shown: Shown) {
    super(scope, id)
    const { stack } = shown.installation
    new Dashboard(this, 'Dashboard', {
      dashboardName: stack,
      widgets: [
        overview(shown),
        troubles(shown),
        graphs(eventsIn(shown)),
        graphs(journeysAndStore(shown)),
        graphs(messagesOut(shown)),
      ],
    })
    const { region } = Stack.of(this)
    this.url = `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${stack}`
  }
}

interface Graph {
  readonly title: string
  readonly left: readonly IMetric[]
  readonly right?: readonly IMetric[]
}

function graphs(row: readonly Graph[]): IWidget[] {
  return row.map(
    ({ title, left, right = [] }) => new GraphWidget({ title, width: THIRD, left: [...left], right: [...right] }),
  )
}

function overview({ installation: { name, from }, alarms }: Shown): IWidget[] {
  const markdown = `# ${name}\nEmails from ${from}. What each alarm means and what to do: \`docs/how-to/operate.md\`.`
  return [
    new TextWidget({ markdown, width: THIRD, height: OVERVIEW_HEIGHT }),
    new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: WHOLE - THIRD, height: OVERVIEW_HEIGHT }),
  ]
}

/** What operators were told, and the lines behind it. */
function troubles({ installation: { stack }, watched }: Shown): IWidget[] {
  return [
    new GraphWidget({
      title: 'What went wrong',
      width: THIRD,
      left: [...NOTICES.map((notice) => metrics.told(stack, notice)), watched.machineFailures],
    }),
    new LogQueryWidget({
      title: 'The last failures',
      width: WHOLE - THIRD,
      view: LogQueryVisualizationType.TABLE,
      logGroupNames: watched.functions.map(({ lambda }) => lambda.logGroup.logGroupName),
      queryLines: [
        'filter level in ["ERROR", "WARN"]',
        'fields @timestamp, message, coalesce(details.function, details.step, details.row, details.provider) as at, coalesce(details.code, details.error, details.name) as why, details.message as text, details.customer as customer, coalesce(details.enrolment, details.dispatch) as id',
        'sort @timestamp desc',
        'limit 50',
      ],
    }),
  ]
}

function eventsIn({ watched: { queues, deadLetters, apiId } }: Shown): readonly Graph[] {
  return [
    {
      title: 'Queues: messages in, and seconds that the oldest waits',
      left: queues.map(({ subject, name }) => metrics.sqs('NumberOfMessagesSent', 'Sum', name, { label: subject })),
      right: queues.map(({ subject, name }) =>
        metrics.sqs('ApproximateAgeOfOldestMessage', 'Maximum', name, { label: `${subject}, oldest` }),
      ),
    },
    {
      title: 'Dead letters in queues',
      left: deadLetters.map(({ subject, name }) =>
        metrics.sqs('ApproximateNumberOfMessagesVisible', 'Maximum', name, { label: subject }),
      ),
    },
    {
      title: 'HTTP API: requests, and milliseconds',
      left: ['Count', '4xx', '5xx'].map((name) => metrics.api(name, 'Sum', apiId, { label: name })),
      right: [metrics.api('Latency', 'p95', apiId, { label: '95 of 100 take at most' })],
    },
  ]
}

function journeysAndStore({ watched: { tableName } }: Shown): readonly Graph[] {
  return [
    {
      title: 'Open executions of the account, and how many there may be',
      left: [metrics.machines('OpenExecutionCount', { label: 'open' })],
      right: [metrics.machines('OpenExecutionLimit', { label: 'limit' })],
    },
    {
      title: 'Table: units consumed',
      left: [
        metrics.table('ConsumedWriteCapacityUnits', tableName),
        metrics.table('ConsumedReadCapacityUnits', tableName),
      ],
      right: [metrics.index('ConsumedReadCapacityUnits', tableName, { label: 'index, read' })],
    },
    {
      title: 'Table: requests turned away',
      left: ['WriteThrottleEvents', 'ReadThrottleEvents'].flatMap((name) => [
        metrics.table(name, tableName, { label: `${name}, table` }),
        metrics.index(name, tableName, { label: `${name}, index` }),
      ]),
    },
  ]
}

/** SES and Lambda count for the whole account; only the two rates are those of the installation. */
function messagesOut({ installation: { stack } }: Shown): readonly Graph[] {
  return [
    {
      title: 'Emails of the account, and the share that bounced or was complained of',
      left: ['Send', 'Delivery'].map((name) => metrics.emails(name)),
      right: ['Reputation.BounceRate', 'Reputation.ComplaintRate'].map((name) => metrics.reputation(name, stack)),
    },
    {
      title: 'Texts of the account: parts, and US dollars this month',
      left: ['NumberOfTextMessagePartsSent', 'NumberOfTextMessagePartsDelivered'].map((name) =>
        metrics.texts(name, 'Sum'),
      ),
      right: [metrics.texts('TextMessageMonthlySpend', 'Maximum')],
    },
    {
      title: 'Lambda: calls at once in the account, and calls turned away',
      left: [metrics.lambda('ConcurrentExecutions', 'Maximum')],
      right: [metrics.lambda('Throttles', 'Sum')],
    },
  ]
}
