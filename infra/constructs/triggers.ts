import { Match } from 'aws-cdk-lib/aws-events'
import type { Function as Lambda } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import type { Manifest } from '#functions/kit/manifest.ts'
import type { Parts } from '../parts.ts'
import { TableChanges } from './changes.ts'
import { EventQueue, type EventQueueProps } from './event-queue.ts'
import type { Feedback } from './feedback.ts'
import { FixedRate } from './schedule.ts'

/** Providers' reports are no hot path: they may wait a little for each other. */
const FEEDBACK_BATCH = { batchSize: 50, batchSeconds: 2 }

/** Starts a function by what its manifest says. */
export function connect(
  scope: Construct,
  { manifest, lambda }: { readonly manifest: Manifest; readonly lambda: Lambda },
  sources: Parts,
): void {
  const { trigger, timeoutSeconds } = manifest
  const { key } = sources
  const id = `${manifest.name}-trigger`
  const consumer = { consumer: lambda, consumerTimeoutSeconds: timeoutSeconds, key }
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
      const patterns = patternsOf(trigger.sources, sources.feedback)
      const topics = sources.feedback.inbound
      new EventQueue(scope, id, { ...consumer, bus: sources.defaultBus, patterns, topics, ...FEEDBACK_BATCH })
      return
    }
    case 'changes':
      new TableChanges(scope, id, {
        table: sources.table.table,
        consumer: lambda,
        sortKeys: trigger.sortKeys,
        batchSize: trigger.batchSize,
        batchSeconds: trigger.batchSeconds,
        key,
      })
      return
    case 'schedule':
      new FixedRate(scope, id, { target: lambda, everyMinutes: trigger.everyMinutes, key })
      return
    case 'http':
      sources.api.serve(lambda, trigger.paths)
      return
    case 'task':
      sources.machines.allow(lambda)
  }
}

function patternsOf(sources: readonly string[], feedback: Feedback): EventQueueProps['patterns'] {
  return Object.fromEntries(
    sources.flatMap((source) => {
      const pattern = feedback.patternOf(source)
      return pattern === undefined ? [] : [[source, pattern]]
    }),
  )
}
