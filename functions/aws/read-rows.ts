import { BatchGetCommand, GetCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb'
import { InvalidInput, Unavailable } from '#shared/errors/errors.ts'
import { type Item, type Key, type Page, type RangeQuery, TABLE_LIMITS } from '#shared/world/table.ts'
import { ATTEMPTS, backOff } from './back-off.ts'
import { tooMany } from './check-writes.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'
import { faultOf, isSdkError } from './fault.ts'
import { type KeyNames, keyCondition } from './key-range.ts'
import { INDEX_NAME, type Store } from './store.ts'

const DEFAULT_LIMIT = 100

export async function readOne(store: Store, { pk, sk }: Key): Promise<Item | undefined> {
  const { documents, TableName } = store
  const { Item } = await documents
    .send(new GetCommand({ TableName, Key: { pk, sk }, ConsistentRead: true }))
    .catch(fail)
  return unexpired(store, Item && [Item])[0]
}

/** Asks again for what DynamoDB leaves out, because it is busy or an answer would pass 16 MB. */
export async function readMany(store: Store, keys: readonly Key[]): Promise<readonly (Item | undefined)[]> {
  if (keys.length > TABLE_LIMITS.getManyKeys) throw tooMany('getMany takes', TABLE_LIMITS.getManyKeys, keys.length)
  const found = new Map<string, Item>()
  let open = [...new Map(keys.map(({ pk, sk }) => [nameOf({ pk, sk }), { pk, sk }])).values()]
  for (let made = 0; open.length > 0; made += 1) {
    if (made === ATTEMPTS) throw new Unavailable('aws.unavailable', 'DynamoDB is busy; try again later.')
    if (made > 0) await backOff(made)
    const { items, left } = await readSome(store, open)
    for (const item of items) found.set(nameOf(item), item)
    open = left
  }
  return keys.map((key) => found.get(nameOf(key)))
}

async function readSome(store: Store, keys: Key[]): Promise<{ readonly items: readonly Item[]; readonly left: Key[] }> {
  const { documents, TableName } = store
  const RequestItems = { [TableName]: { Keys: keys, ConsistentRead: true } }
  const { Responses, UnprocessedKeys } = await documents.send(new BatchGetCommand({ RequestItems })).catch(fail)
  // What comes back has the shape of what was asked for.
  const left = (UnprocessedKeys?.[TableName]?.Keys ?? []) as Key[]
  return { items: unexpired(store, Responses?.[TableName]), left }
}

/** One row more than the page holds is read: it tells whether there is another page. */
export async function readRange(store: Store, query: RangeQuery, keys: KeyNames): Promise<Page> {
  const { limit = DEFAULT_LIMIT, cursor, order } = query
  if (limit > TABLE_LIMITS.queryLimit) throw tooMany('query takes a limit of', TABLE_LIMITS.queryLimit, limit)
  const condition = keyCondition(query, keys)
  if (condition === undefined) return { items: [] }
  const ofIndex = keys.partition === 'ipk'
  const position = ofIndex ? ['isk', 'pk', 'sk'] : ['sk']
  const { documents, TableName } = store
  const answer = await documents
    .send(
      new QueryCommand({
        TableName,
        ...(ofIndex ? { IndexName: INDEX_NAME } : { ConsistentRead: true }),
        ...condition,
        ScanIndexForward: order !== 'descending',
        Limit: limit + 1,
        ...(cursor !== undefined && {
          ExclusiveStartKey: { [keys.partition]: query.pk, ...decodeCursor(cursor, position) },
        }),
      }),
    )
    .catch(fail)
  return pageOf(store, answer, limit, position)
}

export async function scan(
  store: Store,
  { limit = DEFAULT_LIMIT, cursor }: { readonly limit?: number; readonly cursor?: string },
): Promise<Page> {
  const { documents, TableName } = store
  const position = ['pk', 'sk']
  const after = cursor !== undefined && { ExclusiveStartKey: decodeCursor(cursor, position) }
  const command = new ScanCommand({ TableName, ConsistentRead: true, Limit: limit + 1, ...after })
  return pageOf(store, await documents.send(command).catch(fail), limit, position)
}

interface Answer {
  readonly Items?: Record<string, unknown>[] | undefined
  /** Where DynamoDB stopped, because of the limit or of its own one, 1 MB. */
  readonly LastEvaluatedKey?: Record<string, unknown> | undefined
}

function pageOf(
  store: Store,
  { Items = [], LastEvaluatedKey }: Answer,
  limit: number,
  position: readonly string[],
): Page {
  const items = unexpired(store, Items.slice(0, limit))
  const last = Items.length > limit ? Items[limit - 1] : LastEvaluatedKey
  return last === undefined ? { items } : { items, cursor: encodeCursor(last, position) }
}

/** DynamoDB removes expired rows within days; until then they are still there. */
function unexpired({ now }: Store, rows: Record<string, unknown>[] | undefined = []): readonly Item[] {
  // Rows are written through this door only, so they have its shape.
  return (rows as Item[]).filter(({ expiresAt }) => expiresAt === undefined || expiresAt > now)
}

function nameOf({ pk, sk }: Key): string {
  return `${pk}\n${sk}`
}

function fail(error: unknown): never {
  // Our own requests are sound but for what callers put into them: keys and cursors.
  if (isSdkError(error) && error.name === 'ValidationException')
    throw new InvalidInput('table.bad-key', 'DynamoDB does not take that key or cursor.', { cause: error })
  throw faultOf(error, 'DynamoDB')
}
