import type { RangeQuery } from '#shared/world/table.ts'

/** No text is after this one, but those that begin with it. */
const LAST = '\u{10FFFF}'

/** What a query reads: the table by its keys, or the sparse index by its own. */
export interface KeyNames {
  readonly partition: 'pk' | 'ipk'
  readonly sort: 'sk' | 'isk'
}

export interface KeyCondition {
  readonly KeyConditionExpression: string
  readonly ExpressionAttributeValues: Readonly<Record<string, string>>
}

/** The rows that a query asks for; undefined when there can be none, because DynamoDB refuses an empty range. */
export function keyCondition(query: RangeQuery, { partition, sort }: KeyNames): KeyCondition | undefined {
  const range = sortKeyRange(query)
  if (range === undefined) return undefined
  const [condition, values] = range
  return {
    KeyConditionExpression: [`${partition} = :pk`, ...condition.map((part) => part.replace('?', sort))].join(' AND '),
    ExpressionAttributeValues: { ':pk': query.pk, ...values },
  }
}

type SortKeyRange = readonly [condition: readonly string[], values: Readonly<Record<string, string>>]

function sortKeyRange({ prefix = '', from = '', to = `${prefix}${LAST}` }: RangeQuery): SortKeyRange | undefined {
  const end = `${prefix}${LAST}`
  const lowest = isAfter(prefix, from) ? prefix : from
  const highest = isAfter(to, end) ? end : to
  if (isAfter(lowest, highest)) return undefined
  if (lowest === prefix && highest === end)
    return prefix === '' ? [[], {}] : [['begins_with(?, :prefix)'], { ':prefix': prefix }]
  // A key is never empty, and DynamoDB does not compare one with an empty text.
  if (lowest === '') return [['? <= :to'], { ':to': highest }]
  return [['? BETWEEN :from AND :to'], { ':from': lowest, ':to': highest }]
}

/** As DynamoDB orders keys: by their bytes in UTF-8. */
function isAfter(one: string, other: string): boolean {
  return Buffer.compare(Buffer.from(one), Buffer.from(other)) > 0
}
