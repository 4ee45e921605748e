import { Duration } from 'aws-cdk-lib'
import { Queue } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'

/** As long as SQS keeps anything: time to look, mend and redrive. */
const DEAD_LETTERS_KEPT = Duration.days(14)

/** A queue for what nobody could handle. */
export function deadLetterQueue(scope: Construct, id: string): Queue {
  return new Queue(scope, id, { retentionPeriod: DEAD_LETTERS_KEPT, enforceSSL: true })
}
