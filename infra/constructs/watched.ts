import { Stack } from 'aws-cdk-lib'
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch'
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs'
import { Queue } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import { METRICS } from '#functions/aws/log.ts'
import type { AlarmName } from '../alarm-texts.ts'
import type { Parts } from '../parts.ts'
import { TableChanges } from './changes.ts'
import type { Functions } from './functions.ts'
import type { Machines } from './machines.ts'

interface WatchedQueue {
  /** The function that it is for. */
  readonly subject: string
  readonly name: string
}

interface WatchedDeadLetters extends WatchedQueue {
  readonly alarm: AlarmName
  readonly where: string
}

/** What there is to watch in a stack. */
export interface Watched {
  readonly queues: readonly WatchedQueue[]
  readonly deadLetters: readonly WatchedDeadLetters[]
  readonly functions: Functions['all']
  readonly tableName: string
  readonly apiId: string
  /** Executions that failed outside of any step. */
  readonly machineFailures: Metric
}

/** Looks through the stack for queues as it is built so far, so that none is forgotten. */
export function watchedIn(
  scope: Construct,
  { installation, table, api, machines }: Pick<Parts, 'installation' | 'table' | 'api' | 'machines'>,
  functions: Functions['all'],
): Watched {
  const queues = Stack.of(scope)
    .node.findAll()
    .filter((one) => one instanceof Queue)
  return {
    queues: queues.filter(({ deadLetterQueue }) => deadLetterQueue !== undefined).map(queueOf),
    deadLetters: queues
      .filter(({ deadLetterQueue }) => deadLetterQueue === undefined)
      .map((queue) => deadLettersOf(queue, queues)),
    functions,
    tableName: table.table.tableName,
    apiId: api.apiId,
    machineFailures: failuresOf(scope, installation.stack, machines),
  }
}

/** Queues are made by the trigger of a function, which has its name. */
function queueOf(queue: Queue): WatchedQueue {
  const trigger = queue.node.scope?.node.id ?? ''
  return { subject: trigger.replace(/-trigger$/, ''), name: queue.queueName }
}

function deadLettersOf(queue: Queue, queues: readonly Queue[]): WatchedDeadLetters {
  const source = queues.find(({ deadLetterQueue }) => deadLetterQueue?.queue === queue)
  const back =
    source === undefined
      ? 'There is nothing to put back.'
      : `To put them back: aws sqs start-message-move-task --source-arn ${queue.queueArn} --destination-arn ${source.queueArn}.`
  return {
    ...queueOf(queue),
    alarm: queue.node.scope instanceof TableChanges ? 'changes-lost' : 'dead-letters',
    where: `The queue is ${queue.queueName}. ${back}`,
  }
}

/** Machines are made when journeys are published, but they share a log, in which only errors are. */
function failuresOf(scope: Construct, stack: string, { log }: Machines): Metric {
  return new MetricFilter(scope, 'MachineFailures', {
    logGroup: log,
    filterPattern: FilterPattern.any(
      FilterPattern.stringValue('$.type', '=', 'ExecutionFailed'),
      FilterPattern.stringValue('$.type', '=', 'ExecutionTimedOut'),
    ),
    metricNamespace: METRICS,
    // It can have no dimension: a line does not say which installation it is of.
    metricName: `${stack} machines failed`,
  }).metric({ statistic: 'Sum' })
}
