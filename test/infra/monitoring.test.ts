import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { METRICS } from '#functions/aws/log.ts'
import { catalog } from '#functions/catalog.ts'
import type { Trigger } from '#functions/kit/manifest.ts'
import { ALARM_TEXTS } from '#infra/alarm-texts.ts'
import { NOTICES } from '#shared/world/notices.ts'
import { all, aTemplate, functionOf, idOf, nameOf, type Properties, propertiesOf } from './a-template.ts'

/** With everything that may be watched. */
const template = aTemplate({ sms: true, budget: 50, alarms: 'ops@kaffi.example' })
const queues = all(template, 'AWS::SQS::Queue')
const RUNBOOK = readFileSync(new URL('../../docs/how-to/operate.md', import.meta.url), 'utf8')

interface Told {
  /** Its name without the installation's. */
  readonly name: string
  readonly text: string
  /** `namespace name { dimension: value }` of each metric that it looks at. */
  readonly metrics: readonly string[]
  readonly properties: Properties
}

function metricOf({ Namespace, MetricName, Dimensions = [] }: Properties): string {
  const dimensions = Dimensions.map(({ Name, Value }: Properties) => `${Name}=${nameOf(Value)}`)
  return [Namespace, MetricName, ...dimensions].join(' ')
}

function alarmsOf(of = template): readonly Told[] {
  return all(of, 'AWS::CloudWatch::Alarm').map(([, properties]) => {
    const { AlarmName, AlarmDescription, Metrics } = properties
    const metrics = (Metrics ?? []).flatMap(({ MetricStat }: Properties) => (MetricStat ? [MetricStat.Metric] : []))
    return {
      name: AlarmName.replace(/^throughline-kaffi-/, ''),
      text: nameOf(AlarmDescription),
      metrics: (Metrics === undefined ? [properties] : metrics).map(metricOf),
      properties,
    }
  })
}

const alarms = alarmsOf()

const watching = (metric: string): readonly string[] =>
  alarms.filter(({ metrics }) => metrics.includes(metric)).map(({ name }) => name)

const textOf = (name: string): string => alarms.find((one) => one.name === name)!.text

describe('every alarm', () => {
  it.each(alarms)('$name says what happened, what to do, and where more stands', ({ name, text }) => {
    const kind = Object.keys(ALARM_TEXTS).find((one) => text.endsWith(`Runbook: docs/how-to/operate.md#${one}`))!
    const { happened, remedy } = ALARM_TEXTS[kind as keyof typeof ALARM_TEXTS]
    expect(name.startsWith(kind)).toBe(true)
    expect(text.startsWith(`${happened} ${remedy} `)).toBe(true)
    // CloudWatch takes 1,024 characters; a name that AWS gives may have 80 more, an ARN 120.
    expect(text.length + 3 * 120).toBeLessThanOrEqual(1_024)
  })

  it.each(alarms)('$name reaches the topic, and only bad news do', ({ properties }) => {
    const [[topic]] = all(template, 'AWS::SNS::Topic').filter(([, { TopicName }]) => /-alarms$/.test(TopicName)) as [
      [string, Properties],
    ]
    expect(properties.AlarmActions.map(idOf)).toEqual([topic])
    expect(properties.OKActions).toBeUndefined()
  })

  it.each(Object.entries(ALARM_TEXTS))('stands in the runbook in the same words: %s', (name, text) => {
    const [, section = ''] = RUNBOOK.split(`\n### ${name}\n`)
    const words = section.trim().split('\n\n')[0]?.replaceAll('\n', ' ')
    expect(words).toBe(`${text.happened} ${text.remedy}`)
  })

  it('of which the runbook speaks exists', () => {
    const [, sections = ''] = RUNBOOK.split('\n## The alarms\n')
    const named = [...sections.split('\n## ')[0]!.matchAll(/^### (.+)$/gm)].map(([, name]) => name!)
    const there = named.filter((name) => alarms.some(({ text }) => text.endsWith(`#${name}`)))
    expect(named).toEqual(there)
    expect([...there].sort()).toEqual(Object.keys(ALARM_TEXTS).sort())
  })
})

/** What tells of a function that does not do its work, by what starts it: errors, crashes, and silence. */
const WATCHERS: Readonly<Record<Trigger['on'], (name: string, id: string) => readonly string[]>> = {
  bus: (name) => [`queue-late-${name}`, `dead-letters-${name}`],
  'provider-events': (name) => [`queue-late-${name}`, `dead-letters-${name}`],
  changes: () => ['changes-late', 'changes-lost-count-changes'],
  schedule: () => ['sweep-stands-still', 'dead-letters-sweep-due'],
  http: () => ['api-fails'],
  task: () => ['runs-fail', 'machines-fail'],
}

describe('every function', () => {
  it.each(catalog)('$name has alarms', ({ name, trigger }) => {
    const names = alarms.map((one) => one.name)
    const [id] = functionOf(template, catalog.find((one) => one.name === name)!)
    expect(names).toEqual(expect.arrayContaining(['functions-fail', ...WATCHERS[trigger.on](name, id)]))
  })

  it('that runs by itself is missed when it does not', () => {
    const { properties } = alarms.find(({ name }) => name === 'sweep-stands-still')!
    expect(properties).toMatchObject({ Statistic: 'Minimum', MetricName: 'Errors', TreatMissingData: 'breaching' })
    expect(idOf(properties.Dimensions[0].Value)).toBe(
      functionOf(template, catalog.find(({ name }) => name === 'sweep-due')!)[0],
    )
  })

  it('is not watched by the errors that Lambda counts, where leaving a journey is one', () => {
    const errors = alarms.filter(({ metrics }) => metrics.some((one) => one.startsWith('AWS/Lambda Errors')))
    expect(errors.map(({ name }) => name)).toEqual(['sweep-stands-still'])
  })
})

describe('every queue', () => {
  const isWork = ([, { RedrivePolicy }]: readonly [string, Properties]) => RedrivePolicy !== undefined

  it.each(queues.filter(isWork))('%s is told of when it is late', (id) => {
    expect(watching(`AWS/SQS ApproximateAgeOfOldestMessage QueueName=${id}`)).toHaveLength(1)
  })

  it.each(queues.filter((queue) => !isWork(queue)))('%s is told of when a dead letter is in it', (id) => {
    const [alarm = '', ...others] = watching(`AWS/SQS ApproximateNumberOfMessagesVisible QueueName=${id}`)
    expect(others).toEqual([])
    expect(textOf(alarm)).toContain(`The queue is ${id}.`)
  })

  it('of dead letters tells how to put them back, where there is a queue to put them into', () => {
    for (const [id, { RedrivePolicy }] of queues.filter(isWork)) {
      const dead = idOf(RedrivePolicy.deadLetterTargetArn)
      const [alarm = ''] = watching(`AWS/SQS ApproximateNumberOfMessagesVisible QueueName=${dead}`)
      expect(textOf(alarm)).toContain(`aws sqs start-message-move-task --source-arn ${dead} --destination-arn ${id}.`)
    }
  })
})

describe('what operators are told of', () => {
  /** The figure of the service itself says these. */
  const ELSEWHERE = { 'messages come again': 'queue-late-receive-feedback', 'a request failed': 'api-fails' }

  it('is listed in the runbook', () => {
    const listed = [...RUNBOOK.matchAll(/^\| `([^`]+)` \|.*\[([a-z-]+)\]\(#/gm)].map(([, line]) => line)
    expect(listed).toEqual(NOTICES)
  })

  it.each(NOTICES)('"%s" has an alarm', (notice) => {
    const elsewhere = (ELSEWHERE as Record<string, string>)[notice]
    if (elsewhere === undefined) expect(watching(`${METRICS} ${notice} service=throughline-kaffi`)).toHaveLength(1)
    else expect(alarms.map(({ name }) => name)).toContain(elsewhere)
  })
})

describe('machines', () => {
  it('that fail are counted from their log, which is theirs alone', () => {
    const [[, { FilterPattern, LogGroupName, MetricTransformations }]] = all(template, 'AWS::Logs::MetricFilter') as [
      [string, Properties],
    ]
    expect(FilterPattern).toBe('{ ($.type = "ExecutionFailed") || ($.type = "ExecutionTimedOut") }')
    expect(template.toJSON().Resources[idOf(LogGroupName)].Properties.LogGroupName).toBe(
      '/aws/vendedlogs/states/throughline-kaffi',
    )
    const [{ MetricNamespace, MetricName }] = MetricTransformations
    expect(watching(`${MetricNamespace} ${MetricName}`)).toEqual(['machines-fail'])
  })

  it('are told of at 70 % of those that may be open', () => {
    expect(watching('AWS/States OpenExecutionCount')).toEqual(['machines-many'])
    const { properties } = alarms.find(({ name }) => name === 'machines-many')!
    expect(properties.Threshold).toBe(70)
    expect(properties.Metrics[0].Expression).toBe('100 * openNow / mayBeOpen')
  })
})

describe('texts', () => {
  it('are told of at 70 % of the budget, where they are sent and there is one', () => {
    const spend = (settings: Parameters<typeof aTemplate>[0]) =>
      alarmsOf(aTemplate(settings)).find(({ name }) => name === 'texts-spend')?.properties
    expect(spend({ sms: true, budget: 200 })).toMatchObject({ Statistic: 'Maximum', Threshold: 140 })
    expect(spend({ sms: true })).toBeUndefined()
    expect(spend({ sms: false, budget: 200 })).toBeUndefined()
  })
})

describe('the topic of alarms', () => {
  it('takes them from CloudWatch for this account, and over TLS only', () => {
    const [, { PolicyDocument }] = all(template, 'AWS::SNS::TopicPolicy').find(([id]) => id.includes('Alarms'))!
    expect(PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    )
    expect(PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    )
  })

  it('is encrypted with the key of the installation, which CloudWatch may use, if it has one', () => {
    const own = aTemplate({ key: 'own', region: 'eu-west-1', account: '111122223333' })
    const [, topic] = all(own, 'AWS::SNS::Topic').find(([, { TopicName }]) => TopicName === 'throughline-kaffi-alarms')!
    const { KeyPolicy } = propertiesOf(own, topic.KmsMasterKeyId)
    const users = KeyPolicy.Statement.flatMap(({ Principal }: Properties) => Principal.Service ?? [])
    expect(users).toContain('cloudwatch.amazonaws.com')
  })

  it('has the subscriber that the settings name, or none', () => {
    const emails = (of = template) =>
      all(of, 'AWS::SNS::Subscription').flatMap(([, { Protocol, Endpoint }]) =>
        Protocol === 'email' ? [Endpoint] : [],
      )
    expect(emails()).toEqual(['ops@kaffi.example'])
    expect(emails(aTemplate())).toEqual([])
  })
})

describe('what watching costs', () => {
  it('is for few enough metrics of alarms, of which ten are free in an account', () => {
    expect(alarms.flatMap(({ metrics }) => metrics).length).toBeLessThanOrEqual(24)
  })

  it('is nothing for the dashboard, which has at most 50 metrics', () => {
    const [[, { DashboardBody }]] = all(template, 'AWS::CloudWatch::Dashboard') as [[string, Properties]]
    const { widgets } = JSON.parse(nameOf(DashboardBody))
    const shown = widgets.flatMap(({ properties }: Properties) => properties.metrics ?? [])
    expect(shown.length).toBeGreaterThan(20)
    expect(shown.length).toBeLessThanOrEqual(50)
  })
})
