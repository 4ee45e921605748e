import { type IEventBusRef, Match } from 'aws-cdk-lib/aws-events'
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda'
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions'
import type { Construct } from 'constructs'
import type { Manifest } from '#functions/kit/manifest.ts'
import type { Api } from './api.ts'
import { TableChanges } from './changes.ts'
import { EventQueue } from './event-queue.ts'
import type { Feedback } from './feedback.ts'
import type { Machines } from './machines.ts'
import { FixedRate } from './schedule.ts'
import type { Table } from './table.ts'

/** What can start a function. */
export interface Sources {
  readonly bus: IEventBusRef
  readonly defaultBus: IEventBusRef
  readonly feedback: Feedback
  readonly table: Table
  readonly machines: Machines
  readonly api: Api
}

/** Providers' reports are no hot path: they may wait a little for each other. */
const FEEDBACK_BATCH = { batchSize: 50, batchSeconds: 2 }

/** Starts a function by what its manifest says. */
export function connect(
  scope: Construct,
  { manifest, lambda }: { readonly manifest: Manifest; readonly lambda: Lambda },
  sources: Sources,
): void {
  const { trigger, timeoutSeconds } = manifest
  const id = `${manifest.name}-trigger`
  const consumer = { consumer: lambda, consumerTimeoutSeconds: timeoutSeconds }
  switch (trigger.on) {
    case 'bus': {
      const { batchSize, batchSeconds } = trigger
      new EventQueue(scope, id, {
        ...consumer,
        bus: sources.bus,
        patterns: { All: { source: Match.prefix('') } },
        batchSize,
        batchSeconds,
      })
      return
    }
    case 'provider-events': {
      const patterns = Object.fromEntries(trigger.sources.map((source) => [source, sources.feedback.patternOf(source)]))
      const { queue } = new EventQueue(scope, id, { ...consumer, bus: sources.defaultBus, patterns, ...FEEDBACK_BATCH })
      sources.feedback.inboundTexts.addSubscription(new SqsSubscription(queue, { rawMessageDelivery: true }))
      return
    }
    case 'changes':
      new TableChanges(scope, id, {
        table: sources.table.table,
        consumer: lambda,
        sortKeys: trigger.sortKeys,
        batchSize: trigger.batchSize,
      })
      return
    case 'schedule':
      new FixedRate(scope, id, { target: lambda, everyMinutes: trigger.everyMinutes })
      return
    case 'http':
      sources.api.serve(lambda, trigger.paths)
      return
    case 'task':
      sources.machines.allow(lambda)
  }
}
