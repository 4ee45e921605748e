import { Duration } from 'aws-cdk-lib'
import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import { FilterCriteria, type IFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda'
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources'
import { Construct } from 'constructs'
import { acknowledge } from '../acknowledge.ts'
import { makeQueue } from './queue.ts'

const MOST_RETRIES = 20

/** The table's stream, to a function. Changes of rows that it does not follow cost no invocation. */
export class TableChanges extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: {
      readonly table: ITable
      readonly consumer: IFunction
      readonly sortKeys: readonly string[]
      readonly batchSize: number
      readonly batchSeconds: number
      readonly key: IKey | undefined
    },
  ) {
    super(scope, id)
    const sk = { S: props.sortKeys.map((prefix) => ({ prefix })) }
    props.consumer.addEventSource(
      new DynamoEventSource(props.table, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        filters: [FilterCriteria.filter({ dynamodb: { Keys: { sk } } })],
        batchSize: props.batchSize,
        maxBatchingWindow: Duration.seconds(props.batchSeconds),
        bisectBatchOnError: true,
        retryAttempts: MOST_RETRIES,
        reportBatchItemFailures: true,
        onFailure: new SqsDlq(makeQueue(this, 'DeadLetters', { key: props.key })),
      }),
    )
    if (props.key !== undefined && props.consumer.role !== undefined)
      for (const action of ['GenerateDataKey', 'ReEncrypt'])
        acknowledge(props.consumer.role, `IAM5[Action::kms:${action}*]`, 'KMS means one thing, in two forms each.')
  }
}
