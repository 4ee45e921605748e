import { SFNClient } from '@aws-sdk/client-sfn'
import type { CloudFormationCustomResourceEvent } from 'aws-lambda'
import { answerStack } from './answer-stack.ts'
import { deleteMachines } from './delete-machines.ts'

/** Step Functions takes one such call a second once a hundred are made. */
const client = new SFNClient({ maxAttempts: 20, retryMode: 'adaptive' })

export const handler = (event: CloudFormationCustomResourceEvent): Promise<void> =>
  answerStack(event, (arnPrefix) => deleteMachines(client, arnPrefix))
