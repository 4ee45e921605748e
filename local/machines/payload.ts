import { InvalidInput } from '#shared/errors/errors.ts'
import { MACHINE_LIMITS } from '#shared/world/machines.ts'
import type { Json } from '#shared/world/table.ts'
import { StateFailed } from './position.ts'

/** Values cross to tasks and back as copies. */
export function copyOf(value: Json): Json {
  return JSON.parse(JSON.stringify(value)) as Json
}

/**
 * A copy of what a caller gave us.
 * @throws InvalidInput for more than a payload may hold.
 */
export function acceptPayload(value: Json | undefined, what: string): Json {
  const json = JSON.stringify(value ?? null)
  if (isTooLarge(json))
    throw new InvalidInput('machines.payload-too-large', `${what} may have ${MACHINE_LIMITS.payloadBytes} bytes.`)
  return JSON.parse(json) as Json
}

/** @throws StateFailed for more than a payload may hold. */
export function assertPayloadSize(value: Json, subject: string): void {
  if (!isTooLarge(JSON.stringify(value))) return
  throw new StateFailed({
    error: 'States.DataLimitExceeded',
    cause: `The state/task '${subject}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  })
}

function isTooLarge(json: string): boolean {
  // At most three bytes of UTF-8 for each unit of a string.
  return json.length * 3 > MACHINE_LIMITS.payloadBytes && Buffer.byteLength(json) > MACHINE_LIMITS.payloadBytes
}
