import { Duration } from 'aws-cdk-lib'
import type { ITable } from 'aws-cdk-lib/aws-dynamodb'
import { FilterCriteria, type IFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda'
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources'
import { Construct } from 'constructs'
import { deadLetterQueue } from './queue.ts'

const BATCH_WINDOW = Duration.seconds(5)
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
    },
  ) {
    super(scope, id)
    const sk = { S: props.sortKeys.map((prefix) => ({ prefix })) }
    props.consumer.addEventSource(
      new DynamoEventSource(props.table, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        filters: [FilterCriteria.filter({ dynamodb: { Keys: { sk } } })],
        batchSize: props.batchSize,
        maxBatchingWindow: BATCH_WINDOW,
        bisectBatchOnError: true,
        retryAttempts: MOST_RETRIES,
        reportBatchItemFailures: true,
        onFailure: new SqsDlq(deadLetterQueue(this, 'DeadLetters')),
      }),
    )
  }
}
