import { Duration } from 'aws-cdk-lib'
import { type EventPattern, type IEventBusRef, Rule } from 'aws-cdk-lib/aws-events'
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources'
import { Queue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { deadLetterQueue } from './queue.ts'

const MOST_RECEIVES = 5

export interface EventQueueProps {
  readonly bus: IEventBusRef
  /** An event that matches one of them comes once. */
  readonly patterns: Readonly<Record<string, EventPattern>>
  readonly consumer: IFunction
  readonly consumerTimeoutSeconds: number
  readonly batchSize: number
  readonly batchSeconds: number
}

/**
 * Events of a bus, through a queue, to a function in batches; only the messages that it names come again. What could
 * not be delivered and what could not be handled end in one queue of dead letters, both as the event itself.
 */
export class EventQueue extends Construct {
  readonly queue: Queue

  constructor(scope: Construct, id: string, props: EventQueueProps) {
    super(scope, id)
    const deadLetters = deadLetterQueue(this, 'DeadLetters')
    this.queue = new Queue(this, 'Queue', {
      enforceSSL: true,
      // As AWS advises: six times the timeout, so that a throttled batch does not come twice.
      visibilityTimeout: Duration.seconds(6 * props.consumerTimeoutSeconds + props.batchSeconds),
      retentionPeriod: Duration.days(14),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: MOST_RECEIVES },
    })
    const target = new SqsQueue(this.queue, {
      deadLetterQueue: deadLetters,
      maxEventAge: Duration.hours(24),
      retryAttempts: 185,
    })
    for (const [name, eventPattern] of Object.entries(props.patterns))
      new Rule(this, name, { eventBus: props.bus, eventPattern, targets: [target] })
    props.consumer.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: props.batchSize,
        maxBatchingWindow: Duration.seconds(props.batchSeconds),
        reportBatchItemFailures: true,
      }),
    )
  }
}
