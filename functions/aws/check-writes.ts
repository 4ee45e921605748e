import { InvalidInput } from '#shared/errors/errors.ts'
import { type Item, keyOf, TABLE_LIMITS, type Write } from '#shared/world/table.ts'

/** Refuses what passes a limit before anything is sent, as the embedded table does. @throws InvalidInput */
export function checkWrites(operations: readonly Write[]): void {
  if (operations.length > TABLE_LIMITS.writeOperations)
    throw tooMany('A write takes', TABLE_LIMITS.writeOperations, operations.length)
  const seen = new Set<string>()
  let bytes = 0
  for (const operation of operations) {
    const { pk, sk } = keyOf(operation)
    const name = `${pk}\n${sk}`
    if (seen.has(name)) throw new InvalidInput('table.repeated-key', 'A write names the same row twice; join the two.')
    seen.add(name)
    bytes += 'put' in operation ? checkedSize(operation.put) : 0
  }
  if (bytes > TABLE_LIMITS.writeBytes)
    throw new InvalidInput('table.write-too-large', 'A write may hold 4 MB in all; split it.')
}

export function tooMany(what: string, limit: number, got: number): InvalidInput {
  return new InvalidInput('table.too-many', `${what} at most ${limit}, not ${got}.`)
}

function checkedSize(item: Item): number {
  if (item.pk === '' || item.sk === '') throw new InvalidInput('table.empty-key', 'A row needs both of its keys.')
  const { partitionKeyBytes, sortKeyBytes, itemBytes } = TABLE_LIMITS
  if (Buffer.byteLength(item.sk) > sortKeyBytes || Buffer.byteLength(item.pk) > partitionKeyBytes)
    throw new InvalidInput('table.key-too-long', 'A sort key may have 1,024 bytes and a partition key 2,048.')
  const size = Buffer.byteLength(JSON.stringify(item))
  if (size > itemBytes)
    throw new InvalidInput('table.item-too-large', 'A row may hold 400 KB; keep large values elsewhere.')
  return size
}
