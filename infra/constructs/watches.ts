import { Duration } from 'aws-cdk-lib'
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch'
import type { Trigger } from '#functions/kit/manifest.ts'
import type { Installation } from '../installations.ts'
import type { Watch } from './alarms.ts'
import * as metrics from './metrics.ts'
import type { Watched } from './watched.ts'

/** Periods of five minutes. */
const QUARTER_OF_AN_HOUR = 3
const LATE_SECONDS = 15 * 60
const HOURLY = { period: Duration.hours(1) }
/** Of a limit, when there is still time to have it raised. */
const SHARE_TO_WARN_AT = 0.7

/** Everything that operators are told of, each thing once. */
export function watchesOf(installation: Installation, watched: Watched): readonly Watch[] {
  return [
    ...functionsAt(installation),
    ...journeysAt(installation, watched),
    ...queuesAt(watched),
    ...workAt(installation, watched),
    ...storeAndApi(watched),
    ...channelsAt(installation),
  ]
}

/** Not Lambda's own count of errors: leaving a journey and standing still while it is paused are errors to it. */
function functionsAt({ stack }: Installation): readonly Watch[] {
  return [
    { alarm: 'functions-fail', metric: metrics.told(stack, 'function failed'), atLeast: 10, times: QUARTER_OF_AN_HOUR },
    {
      alarm: 'functions-throttled',
      metric: metrics.lambda('Throttles', 'Sum'),
      atLeast: 10,
      times: QUARTER_OF_AN_HOUR,
    },
  ]
}

function journeysAt({ stack }: Installation, { machineFailures }: Watched): readonly Watch[] {
  const open = new MathExpression({
    expression: '100 * openNow / mayBeOpen',
    usingMetrics: {
      openNow: metrics.machines('OpenExecutionCount'),
      mayBeOpen: metrics.machines('OpenExecutionLimit'),
    },
    label: 'percent of the open executions that there may be',
    period: Duration.minutes(5),
  })
  return [
    { alarm: 'runs-fail', metric: metrics.told(stack, 'a run failed'), atLeast: 1 },
    { alarm: 'machines-fail', metric: machineFailures, atLeast: 1 },
    { alarm: 'machines-many', metric: open, atLeast: 100 * SHARE_TO_WARN_AT },
  ]
}

function queuesAt({ queues, deadLetters }: Watched): readonly Watch[] {
  const late = queues.map(
    ({ subject, name }): Watch => ({
      alarm: 'queue-late',
      subject,
      where: `It is the queue of ${subject}.`,
      metric: metrics.sqs('ApproximateAgeOfOldestMessage', 'Maximum', name),
      atLeast: LATE_SECONDS,
      times: QUARTER_OF_AN_HOUR,
    }),
  )
  const dead = deadLetters.map(
    ({ subject, name, alarm, where }): Watch => ({
      alarm,
      subject,
      where,
      metric: metrics.sqs('ApproximateNumberOfMessagesVisible', 'Maximum', name),
      atLeast: 1,
    }),
  )
  return [...late, ...dead]
}

function workAt({ stack }: Installation, { functions }: Watched): readonly Watch[] {
  const startedBy = (on: Trigger['on']): readonly string[] =>
    functions.filter(({ manifest }) => manifest.trigger.on === on).map(({ lambda }) => lambda.functionName)
  return [
    { alarm: 'events-refused', metric: metrics.told(stack, 'events went to the dead letters'), atLeast: 1 },
    {
      alarm: 'due-rows-put-off',
      metric: metrics.told(stack, 'a due row could not be attended to'),
      atLeast: 1,
      times: QUARTER_OF_AN_HOUR,
    },
    ...startedBy('changes').map(
      (name): Watch => ({
        alarm: 'changes-late',
        metric: metrics.lambda('IteratorAge', 'Maximum', name),
        atLeast: LATE_SECONDS * 1_000,
        times: QUARTER_OF_AN_HOUR,
      }),
    ),
    // One call that succeeds makes the least of their errors 0; no call at all makes it nothing.
    ...startedBy('schedule').map(
      (name): Watch => ({
        alarm: 'sweep-stands-still',
        metric: metrics.lambda('Errors', 'Minimum', name),
        atLeast: 1,
        times: QUARTER_OF_AN_HOUR,
        isSilenceBad: true,
      }),
    ),
  ]
}

/** Of the table, writes only: who reads tries again, and fails visibly where that is not enough. */
function storeAndApi({ tableName, apiId }: Watched): readonly Watch[] {
  const throttled = new MathExpression({
    expression: 'FILL(ofTable, 0) + FILL(ofIndex, 0)',
    usingMetrics: {
      ofTable: metrics.table('WriteThrottleEvents', tableName),
      ofIndex: metrics.index('WriteThrottleEvents', tableName),
    },
    label: 'writes turned away',
    period: Duration.minutes(5),
  })
  return [
    { alarm: 'table-throttled', metric: throttled, atLeast: 10, times: QUARTER_OF_AN_HOUR },
    { alarm: 'api-fails', metric: metrics.api('5xx', 'Sum', apiId), atLeast: 5 },
  ]
}

function channelsAt({ stack, sms, budget }: Installation): readonly Watch[] {
  const spend: Watch[] = [
    {
      alarm: 'texts-spend',
      metric: metrics.texts('TextMessageMonthlySpend', 'Maximum', HOURLY),
      atLeast: (budget ?? 0) * SHARE_TO_WARN_AT,
    },
  ]
  return [
    { alarm: 'sends-uncertain', metric: metrics.told(stack, 'nobody knows whether a message was taken'), atLeast: 5 },
    { alarm: 'bounces', metric: metrics.reputation('Reputation.BounceRate', stack, HOURLY), atLeast: 0.04 },
    { alarm: 'complaints', metric: metrics.reputation('Reputation.ComplaintRate', stack, HOURLY), atLeast: 0.0008 },
    ...(sms && budget !== undefined ? spend : []),
  ]
}
