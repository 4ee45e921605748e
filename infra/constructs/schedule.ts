import { Duration } from 'aws-cdk-lib'
import { Rule, Schedule } from 'aws-cdk-lib/aws-events'
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import type { Function as LambdaFunctionResource } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import { makeQueue } from './queue.ts'

/** Runs a function at a fixed rate. A run that fails is not repeated: the next one does its work. */
export class FixedRate extends Construct {
  constructor(
    scope: Construct,
    id: string,
    props: { readonly target: LambdaFunctionResource; readonly everyMinutes: number; readonly key: IKey | undefined },
  ) {
    super(scope, id)
    const { target, everyMinutes } = props
    const rate = Duration.minutes(everyMinutes)
    target.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: rate })
    new Rule(this, 'Rule', {
      schedule: Schedule.rate(rate),
      targets: [
        new LambdaFunction(target, {
          deadLetterQueue: makeQueue(this, 'DeadLetters', { key: props.key }),
          maxEventAge: rate,
          retryAttempts: 1,
        }),
      ],
    })
  }
}
