import { Alarm, ComparisonOperator, type IAlarm, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch'
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions'
import type { Topic } from 'aws-cdk-lib/aws-sns'
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import { Construct } from 'constructs'
import { ALARM_TEXTS, type AlarmName } from '../alarm-texts.ts'
import type { Parts } from '../parts.ts'
import { makeTopic } from './topic.ts'

const RUNBOOK = 'docs/how-to/operate.md'

/** Something to watch, and when to tell of it. */
export interface Watch {
  readonly alarm: AlarmName
  /** Which of several: a function's name. */
  readonly subject?: string
  /** Where to look, for this one. */
  readonly where?: string
  readonly metric: IMetric
  /** Reached or passed, it is told of. */
  readonly atLeast: number
  /** Periods of the metric in a row; 1 unless said. */
  readonly times?: number
  /** That nothing is measured means that nothing runs, though it should. */
  readonly isSilenceBad?: boolean
}

/** Where operators are told what has happened, and what to do. */
export class Alarms extends Construct {
  readonly topic: Topic
  readonly all: readonly IAlarm[]

  constructor(
    scope: Construct,
    id: string,
    { installation, key, watches }: Pick<Parts, 'installation' | 'key'> & { readonly watches: readonly Watch[] },
  ) {
    super(scope, id)
    this.topic = makeTopic(this, 'Topic', { topicName: `${installation.stack}-alarms`, writer: 'cloudwatch', key })
    if (installation.alarms !== undefined) this.topic.addSubscription(new EmailSubscription(installation.alarms))
    const action = new SnsAction(this.topic)
    this.all = watches.map((watch) => {
      const alarm = this.#make(installation.stack, watch)
      alarm.addAlarmAction(action)
      return alarm
    })
  }

  #make(stack: string, { alarm, subject, where, metric, atLeast, times = 1, isSilenceBad = false }: Watch): Alarm {
    const { happened, remedy } = ALARM_TEXTS[alarm]
    const name = subject === undefined ? alarm : `${alarm}-${subject}`
    const text = [happened, remedy, ...(where === undefined ? [] : [where]), `Runbook: ${RUNBOOK}#${alarm}`]
    return new Alarm(this, name, {
      alarmName: `${stack}-${name}`,
      alarmDescription: text.join(' '),
      metric,
      threshold: atLeast,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: times,
      treatMissingData: isSilenceBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    })
  }
}
