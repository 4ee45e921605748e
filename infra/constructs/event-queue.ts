import { Duration } from 'aws-cdk-lib'
import { type EventPattern, type IEventBusRef, Rule } from 'aws-cdk-lib/aws-events'
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources'
import type { ITopic } from 'aws-cdk-lib/aws-sns'
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { makeQueue } from './queue.ts'

const MOST_RECEIVES = 5

export interface EventQueueProps {
  readonly bus: IEventBusRef
  /** An event that matches one of them comes once. */
  readonly patterns: Readonly<Record<string, EventPattern>>
  /** What else comes, as it is. */
  readonly topics?: readonly ITopic[]
  readonly consumer: IFunction
  readonly consumerTimeoutSeconds: number
  readonly batchSize: number
  readonly batchSeconds: number
  readonly key: IKey | undefined
}

/**
 * Events of a bus, through a queue, to a function in batches; only the messages that it names come again. What could
 * not be delivered and what could not be handled end in one queue of dead letters, both as the event itself.
 */
export class EventQueue extends Construct {
  constructor(scope: Construct, id: string, props: EventQueueProps) {
    super(scope, id)
    const deadLetters = makeQueue(this, 'DeadLetters', { key: props.key })
    const queue = makeQueue(this, 'Queue', {
      key: props.key,
      // As AWS advises: six times the timeout, so that a throttled batch does not come twice.
      visibilityTimeout: Duration.seconds(6 * props.consumerTimeoutSeconds + props.batchSeconds),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: MOST_RECEIVES },
    })
    const target = new SqsQueue(queue, {
      deadLetterQueue: deadLetters,
      maxEventAge: Duration.hours(24),
      retryAttempts: 185,
    })
    for (const [name, eventPattern] of Object.entries(props.patterns)) {
      const rule = new Rule(this, name, { eventBus: props.bus, eventPattern, targets: [target] })
      if (props.key !== undefined) queue.addToResourcePolicy(fromRule(rule, queue))
    }
    for (const topic of props.topics ?? [])
      topic.addSubscription(new SqsSubscription(queue, { rawMessageDelivery: true, deadLetterQueue: deadLetters }))
    props.consumer.addEventSource(
      new SqsEventSource(queue, {
        batchSize: props.batchSize,
        maxBatchingWindow: Duration.seconds(props.batchSeconds),
        reportBatchItemFailures: true,
      }),
    )
  }
}

/** To a queue with a key of its own CDK lets the whole account's rules, which EventBridge is not documented to tell. */
function fromRule({ ruleArn }: Rule, { queueArn }: Queue): PolicyStatement {
  return new PolicyStatement({
    principals: [new ServicePrincipal('events.amazonaws.com')],
    actions: ['sqs:SendMessage'],
    resources: [queueArn],
    conditions: { ArnEquals: { 'aws:SourceArn': ruleArn } },
  })
}
