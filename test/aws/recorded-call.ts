import type { AwsAnswer, AwsRequest, Units } from './aws-request.ts'
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

export function recordedCall(request: AwsRequest, answer: AwsAnswer): RecordedCall {
  const rights = rightsFor(request)
  const { caller, service, action, body, bytes } = request
  const units = answer === 'hang-up' ? undefined : answer.units
  return {
    function: caller,
    service,
    action,
    resource: rights[0]?.resource ?? '',
    rights,
    bytes,
    ...(action === 'PutEvents' && { events: body.Entries.length }),
    outcome: outcomeOf(answer),
    ...(units !== undefined && { units }),
    ...(answer !== 'hang-up' && errorIn(answer)),
  }
}

function outcomeOf(answer: AwsAnswer): RecordedCall['outcome'] {
  if (answer === 'hang-up') return 'lost'
  return answer.status < 400 ? 'answered' : 'refused'
}

function errorIn({ status, body }: Exclude<AwsAnswer, 'hang-up'>): Pick<RecordedCall, 'error'> {
  const { __type: type } = body as { readonly __type?: string }
  return status < 400 || type === undefined ? {} : { error: type.split('#').at(-1) ?? '' }
}
