import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics } from '@aws-lambda-powertools/metrics'
import { isNotice } from '#shared/world/notices.ts'
import type { Log } from '#shared/world/world.ts'

/** Where CloudWatch counts what operators are told of. */
export const METRICS = 'Throughline'

type Level = 'info' | 'warn' | 'error'

/**
 * JSON lines in CloudWatch, each with the request it belongs to. Details keep their names under `details`. What
 * operators are told of is counted besides, for the stack as the `service`: a line of its own, at once, since
 * nothing runs after a function has failed.
 */
export function cloudWatchLog(stack: string): Log {
  const logger = new Logger({ serviceName: stack })
  const metrics = new Metrics({ namespace: METRICS, serviceName: stack })
  const write =
    (level: Level): Log[Level] =>
    (message, details = {}) => {
      logger[level](message, { details })
      if (level === 'info' || !isNotice(message)) return
      metrics.addMetric(message, 'Count', typeof details.count === 'number' ? details.count : 1)
      metrics.publishStoredMetrics()
    }
  return { info: write('info'), warn: write('warn'), error: write('error') }
}
