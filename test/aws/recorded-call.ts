import { type AwsAnswer, AwsRefusal, RawAnswer } from '#test/builders/an-aws-server.ts'
import type { Reading } from '../contracts/aws/read-request.ts'
import type { Units } from './billed-units.ts'
import { BilledAnswer } from './dynamodb-service.ts'
import { type Right, rightsFor } from './rights.ts'

/** One request to AWS, as it was made; a client that tries again makes another. */
export interface RecordedCall {
  /** As the catalog names it; `outside` is whoever uses the system from outside of it. */
  readonly function: string
  /** As IAM names it: `dynamodb`. */
  readonly service: string
  /** As the service's API names it: `TransactWriteItems`. */
  readonly action: string
  /** The ARN of what it is mainly about. */
  readonly resource: string
  /** What IAM asks for. */
  readonly rights: readonly Right[]
  /** Of the request's body. */
  readonly bytes: number
  /** How many events it puts on a bus, which are billed one by one. */
  readonly events?: number
  readonly outcome: 'answered' | 'refused' | 'lost'
  /** Of a refusal, as the service names it. */
  readonly error?: string
  /** What DynamoDB bills: also for a condition that did not hold. */
  readonly units?: Units
}

export function recordedCall(reading: Reading, answer: AwsAnswer, bytes: number): RecordedCall {
  const rights = rightsFor(reading)
  const { caller, service, call } = reading
  return {
    function: caller,
    service,
    action: call.operation,
    resource: rights[0]?.resource ?? '',
    rights,
    bytes,
    ...(call.operation === 'PutEvents' && { events: call.body.Entries.length }),
    ...(answer instanceof BilledAnswer && { units: answer.units }),
    ...outcomeOf(answer),
  }
}

function outcomeOf(answer: AwsAnswer): Pick<RecordedCall, 'outcome' | 'error'> {
  if (answer === 'lost') return { outcome: 'lost' }
  if (answer instanceof AwsRefusal) return { outcome: 'refused', error: answer.name }
  if (!(answer instanceof RawAnswer) || answer.status < 400) return { outcome: 'answered' }
  const { __type: type = '' }: { readonly __type?: string } = JSON.parse(answer.text)
  return { outcome: 'refused', error: type.split('#').at(-1) ?? '' }
}
