import { describe, expect, it } from 'vitest'
import {
  all,
  aTemplate,
  EVERYTHING,
  functionOf,
  idOf,
  type Properties,
  propertiesOf,
  triggeredBy,
} from './a-template.ts'

const template = aTemplate({ sms: true })

describe('queues', () => {
  it('each has dead letters, or holds some', () => {
    const queues = all(template, 'AWS::SQS::Queue')
    const holders = new Set([
      ...queues.flatMap(([, { RedrivePolicy }]) => (RedrivePolicy ? [idOf(RedrivePolicy.deadLetterTargetArn)] : [])),
      ...all(template, 'AWS::Events::Rule').flatMap(([, { Targets }]) =>
        Targets.map(({ DeadLetterConfig }: Properties) => idOf(DeadLetterConfig.Arn)),
      ),
      ...all(template, 'AWS::Lambda::EventSourceMapping').flatMap(([, { DestinationConfig }]) =>
        DestinationConfig ? [idOf(DestinationConfig.OnFailure.Destination)] : [],
      ),
    ])
    const loose = queues.filter(([id, { RedrivePolicy }]) => RedrivePolicy === undefined && !holders.has(id))
    expect(loose).toEqual([])
    expect(queues.length).toBeGreaterThan(holders.size)
  })

  it('keep dead letters for 14 days', () => {
    const kept = all(template, 'AWS::SQS::Queue').map(([, { MessageRetentionPeriod }]) => MessageRetentionPeriod)
    expect(new Set(kept)).toEqual(new Set([14 * 86_400]))
  })

  it('hide a batch for six times as long as its function may take', () => {
    const sources = all(template, 'AWS::Lambda::EventSourceMapping').filter(([, { EventSourceArn }]) =>
      idOf(EventSourceArn).includes('Queue'),
    )
    for (const [, { EventSourceArn, FunctionName, FunctionResponseTypes }] of sources) {
      const { VisibilityTimeout } = propertiesOf(template, EventSourceArn)
      const { Timeout } = propertiesOf(template, FunctionName)
      expect(VisibilityTimeout).toBeGreaterThanOrEqual(6 * Timeout)
      expect(FunctionResponseTypes).toEqual(['ReportBatchItemFailures'])
    }
    expect(sources).toHaveLength(triggeredBy('bus').length + triggeredBy('provider-events').length)
  })
})

describe('what customers write to us', () => {
  const whole = aTemplate(EVERYTHING)
  const inbound = all(whole, 'AWS::SNS::Topic').filter(([, { TopicName }]) => TopicName.includes('inbound'))

  it.each([
    ['texts', 'sms-voice'],
    ['whatsapp', 'social-messaging'],
  ])('by %s comes by a topic that only its service may write to, for us', (name, service) => {
    const [topic] = inbound.find(([, { TopicName }]) => TopicName === `throughline-kaffi-inbound-${name}`)!
    const [, { PolicyDocument }] = all(whole, 'AWS::SNS::TopicPolicy').find(
      ([, { Topics }]) => idOf(Topics[0]) === topic,
    )!
    const allowing = PolicyDocument.Statement.filter(({ Effect }: Properties) => Effect === 'Allow')
    expect(allowing).toMatchObject([
      {
        Action: 'sns:Publish',
        Principal: { Service: `${service}.amazonaws.com` },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
    ])
  })

  it('goes into the queue of the feedback as it is, or to its dead letters', () => {
    for (const [topic] of inbound) {
      const [, subscription] = all(whole, 'AWS::SNS::Subscription').find(
        ([, { TopicArn }]) => idOf(TopicArn) === topic,
      )!
      expect(subscription).toMatchObject({ Protocol: 'sqs', RawMessageDelivery: true })
      const queue = propertiesOf(whole, subscription.Endpoint)
      expect(queue.RedrivePolicy.deadLetterTargetArn).toEqual(subscription.RedrivePolicy.deadLetterTargetArn)
    }
    expect(inbound).toHaveLength(2)
  })
})

describe('rules', () => {
  it('each says how often to try, and where what could not be delivered goes', () => {
    const targets = all(template, 'AWS::Events::Rule').flatMap(([, { Targets }]) => Targets)
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
    const [, rule] = all(template, 'AWS::Events::Rule').find(([, { EventPattern }]) =>
      EventPattern?.source.includes('aws.ses'),
    )!
    expect(rule.EventBusName).toBe('default')
    expect(rule.EventPattern.detail).toEqual({ mail: { tags: { 'ses:configuration-set': ['throughline-kaffi'] } } })
  })

  it.each(triggeredBy('schedule'))('run $name at its rate', (manifest) => {
    const rules = all(template, 'AWS::Events::Rule').filter(
      ([, { Targets }]) => idOf(Targets[0].Arn) === functionOf(template, manifest)[0],
    )
    expect(rules.map(([, { ScheduleExpression }]) => ScheduleExpression)).toEqual(['rate(1 minute)'])
  })
})

describe('feedback', () => {
  it('comes for everything that happens to an email but what we know ourselves: that it was sent, and clicks', () => {
    const { EventDestination } = all(template, 'AWS::SES::ConfigurationSetEventDestination')[0]![1]
    const types = ['bounce', 'complaint', 'delivery', 'open', 'reject', 'renderingFailure']
    expect([...EventDestination.MatchingEventTypes].sort()).toEqual(types)
    expect(JSON.stringify(EventDestination.EventBridgeDestination)).toContain('event-bus/default')
  })
})
