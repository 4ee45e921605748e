import {
  type CancellationReason,
  ConditionalCheckFailedException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb'
import { DeleteCommand, PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { Conflict, InvalidInput, Unavailable } from '#shared/errors/errors.ts'
import { type Key, keyOf, type Write, type WriteResult } from '#shared/world/table.ts'
import { ATTEMPTS, backOff } from './back-off.ts'
import { faultOf, isBusy, isSdkError } from './fault.ts'
import type { Store } from './store.ts'
import { beginsAnew, requestFor } from './write-requests.ts'

/** What became of one try to write. */
type Try =
  | WriteResult
  /** Nothing was written, because of these expired rows alone. */
  | { readonly expired: readonly Key[] }
  /** Nothing was written; another try may, and the error says what to tell if none does. */
  | { readonly busy: Error }

/** One for each operation, in their order. */
type Reasons = readonly Pick<CancellationReason, 'Code' | 'Message' | 'Item'>[]

/**
 * All or nothing. A lost answer is never taken for an outcome: what is safe to repeat is repeated, for the rest the
 * caller hears of it.
 * @throws InvalidInput for a row that DynamoDB does not take; Conflict; Unavailable
 */
export async function writeRows(store: Store, operations: readonly Write[]): Promise<WriteResult> {
  let busy: Error = contended()
  for (let made = 0; made < ATTEMPTS; made += 1) {
    const result = await tryToWrite(store, operations)
    if ('committed' in result) return result
    if ('expired' in result) await removeExpired(store, result.expired)
    else {
      busy = result.busy
      await backOff(made)
    }
  }
  throw busy
}

async function tryToWrite(store: Store, operations: readonly Write[]): Promise<Try> {
  try {
    await send(store, operations)
    return { committed: true }
  } catch (error) {
    return outcomeOf(operations, reasonsOf(error, operations), store)
  }
}

/** One row alone costs half of a transaction. But only a transaction can be sent again and still add once. */
async function send(store: Store, operations: readonly Write[]): Promise<unknown> {
  const { documents } = store
  const requests = operations.map((operation) => requestFor(operation, store))
  const [only, ...others] = requests
  if (only !== undefined && others.length === 0) {
    if (only.Put) return documents.send(new PutCommand(only.Put))
    if (only.Delete) return documents.send(new DeleteCommand(only.Delete))
    if (only.Update && operations.some((operation) => 'set' in operation))
      return documents.send(new UpdateCommand(only.Update))
  }
  return documents.send(new TransactWriteCommand({ TransactItems: requests }))
}

function reasonsOf(error: unknown, operations: readonly Write[]): Reasons {
  if (error instanceof TransactionCanceledException) return error.CancellationReasons ?? []
  if (error instanceof ConditionalCheckFailedException) {
    // When an answer was lost and the client asked again, our own first write may be what fails the condition.
    const repeated = (error.$metadata.attempts ?? 1) > 1
    if (repeated && operations.some((operation) => 'when' in operation && operation.when !== undefined))
      throw contended()
    return [{ Code: CONDITION_FAILED, ...(error.Item && { Item: error.Item }) }]
  }
  if (isSdkError(error) && error.name === 'TransactionConflictException') return [{ Code: CONFLICT }]
  if (isSdkError(error) && error.name === 'ValidationException') return [{ Code: INVALID, Message: error.message }]
  throw faultOf(error, 'DynamoDB')
}

const CONDITION_FAILED = 'ConditionalCheckFailed'
const CONFLICT = 'TransactionConflict'
const INVALID = 'ValidationError'

function outcomeOf(operations: readonly Write[], reasons: Reasons, { now }: Store): Try {
  const invalid = reasons.find(({ Code }) => Code === INVALID)
  if (invalid !== undefined) throw refused(invalid.Message)
  const unmet = reasons.flatMap(({ Code }, at) => (Code === CONDITION_FAILED ? [at] : []))
  const expired = unmet.filter((at) => isInTheWay(operations[at], reasons[at], now))
  if (unmet.length > expired.length) return { committed: false, failed: unmet.filter((at) => !expired.includes(at)) }
  if (expired.length > 0) return { expired: expired.flatMap((at) => operations[at] ?? []).map(keyOf) }
  return { busy: reasons.some(({ Code }) => isBusy(Code ?? '')) ? throttled() : contended() }
}

/** The row that comes back with a failed condition is as DynamoDB keeps it. */
function isInTheWay(operation: Write | undefined, reason: Reasons[number] | undefined, now: number): boolean {
  if (operation === undefined || !beginsAnew(operation)) return false
  return Number(reason?.Item?.expiresAt?.N ?? now + 1) <= now
}

async function removeExpired({ documents, TableName, now }: Store, keys: readonly Key[]): Promise<void> {
  for (const { pk, sk } of keys) {
    await documents
      .send(
        new DeleteCommand({
          TableName,
          Key: { pk, sk },
          ConditionExpression: 'expiresAt <= :now',
          ExpressionAttributeValues: { ':now': now },
        }),
      )
      .catch((error) => {
        // Somebody else has removed or replaced it.
        if (!(error instanceof ConditionalCheckFailedException)) throw faultOf(error, 'DynamoDB')
      })
  }
}

function contended(): Conflict {
  return new Conflict('table.contended', 'Others write to the same rows; read them again and decide again.')
}

function throttled(): Unavailable {
  return new Unavailable('aws.unavailable', 'DynamoDB is busy; try again later.')
}

function refused(message = ''): InvalidInput {
  if (/size.* exceeded/i.test(message))
    return new InvalidInput('table.item-too-large', 'A row may hold 400 KB; keep large values elsewhere.')
  return new InvalidInput('table.refused', 'DynamoDB does not take a value of a row: out of range, or nested too deep.')
}
