import { Logger } from '@aws-lambda-powertools/logger'
import type { Log } from '#shared/world/world.ts'

/** JSON lines in CloudWatch, each with the request it belongs to. Details keep their names under `details`. */
export function cloudWatchLog(logger = new Logger({ serviceName: 'throughline' })): Log {
  return {
    info: (message, details = {}) => logger.info(message, { details }),
    warn: (message, details = {}) => logger.warn(message, { details }),
    error: (message, details = {}) => logger.error(message, { details }),
  }
}
