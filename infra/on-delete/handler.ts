import { SFNClient } from '@aws-sdk/client-sfn'
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda'
import { answerStack } from './answer-stack.ts'
import { deleteMachines } from './delete-machines.ts'

/** Step Functions takes one deletion a second once a hundred are made. */
const client = new SFNClient({ maxAttempts: 20, retryMode: 'adaptive' })

/** What is left for the answer, and for calls that are under way. */
const RESERVE_MS = 60_000

export const handler = (event: CloudFormationCustomResourceEvent, context: Context): Promise<void> =>
  answerStack(event, (arnPrefix) =>
    deleteMachines(client, arnPrefix, () => context.getRemainingTimeInMillis() > RESERVE_MS),
  )
