import { Duration } from 'aws-cdk-lib'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs'
import type { Construct } from 'constructs'
import { acknowledge } from '../acknowledge.ts'

/** As long as SQS keeps anything: time to look, mend and redrive. */
const KEPT = Duration.days(14)

/** Each request for a data key costs; with one an hour a queue costs cents a month. */
const DATA_KEY_REUSE = Duration.hours(1)

/** A queue that takes nothing in clear, keeps it as long as it can, encrypted. */
export function makeQueue(
  scope: Construct,
  id: string,
  { key, ...props }: Pick<QueueProps, 'visibilityTimeout' | 'deadLetterQueue'> & { readonly key: IKey | undefined },
): Queue {
  const queue = new Queue(scope, id, {
    ...props,
    retentionPeriod: KEPT,
    enforceSSL: true,
    ...(key === undefined
      ? { encryption: QueueEncryption.SQS_MANAGED }
      : { encryption: QueueEncryption.KMS, encryptionMasterKey: key, dataKeyReuse: DATA_KEY_REUSE }),
  })
  if (props.deadLetterQueue === undefined) acknowledge(queue, 'SQS3', 'It holds dead letters itself.')
  return queue
}
