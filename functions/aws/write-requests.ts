import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb'
import { type Condition, keyOf, type Write } from '#shared/world/table.ts'
import type { Store } from './store.ts'

export type WriteRequest = NonNullable<TransactWriteCommandInput['TransactItems']>[number]

/** An expression of DynamoDB's, with the attributes and values it names. */
interface Expression {
  readonly text: string
  readonly names?: Readonly<Record<string, string>>
  readonly values?: Readonly<Record<string, unknown>>
}

const UNEXPIRED = '(attribute_not_exists(expiresAt) OR expiresAt > :now)'

/** One operation as a transaction takes it; the command for one row alone takes what is inside. */
export function requestFor(write: Write, { TableName, now }: Store): WriteRequest {
  const { pk, sk } = keyOf(write)
  const row = { TableName, Key: { pk, sk } }
  if ('put' in write)
    return { Put: { TableName, Item: jsonCopy(write.put), ...conditional(conditionOf(write.when, now)) } }
  if ('remove' in write) return { Delete: { ...row, ...conditional(conditionOf(write.when, now)) } }
  if ('check' in write) return { ConditionCheck: { ...row, ...conditional(conditionOf(write.when, now)) } }
  const update = 'set' in write ? setting(write.attributes) : adding(write.amounts)
  const when = 'set' in write ? write.when : undefined
  const condition = beginsAnew(write) ? beginning(when, now) : conditionOf(when, now)
  return {
    Update: {
      ...row,
      UpdateExpression: update.text,
      ...conditional(condition, update),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    },
  }
}

/** True for what may find no row and make one. */
export function beginsAnew(write: Write): boolean {
  return 'add' in write || ('set' in write && (write.when === undefined || write.when === 'absent'))
}

/** Such a write must not go on from the attributes of an expired row, so an expired row makes it fail. */
function beginning(when: Condition | undefined, now: number): Expression {
  if (when === 'absent') return { text: 'attribute_not_exists(pk)' }
  return { text: UNEXPIRED, values: { ':now': now } }
}

function conditionOf(condition: Condition | undefined, now: number): Expression | undefined {
  if (condition === undefined) return undefined
  const values = { ':now': now }
  if (condition === 'absent') return { text: 'attribute_not_exists(pk) OR expiresAt <= :now', values }
  if (condition === 'present') return { text: `attribute_exists(pk) AND ${UNEXPIRED}`, values }
  const [name, value] = 'versionIs' in condition ? ['version', condition.versionIs] : condition.attributeIs
  return {
    text: `#condition = :condition AND ${UNEXPIRED}`,
    names: { '#condition': name },
    values: { ...values, ':condition': value },
  }
}

function setting(attributes: Readonly<Record<string, unknown>>): Expression {
  const kept = jsonCopy(Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== null)))
  const set = Object.keys(kept)
  const removed = Object.keys(attributes).filter((name) => !set.includes(name))
  const names = [...set, ...removed]
  const changes = [
    ...(set.length > 0 ? [`SET ${set.map((_, at) => `#${at} = :${at}`).join(', ')}`] : []),
    ...(removed.length > 0 ? [`REMOVE ${removed.map((_, at) => `#${set.length + at}`).join(', ')}`] : []),
  ]
  if (changes.length === 0) return NO_CHANGE
  return {
    text: changes.join(' '),
    names: Object.fromEntries(names.map((name, at) => [`#${at}`, name])),
    values: Object.fromEntries(set.map((name, at) => [`:${at}`, kept[name]])),
  }
}

function adding(amounts: Readonly<Record<string, number>>): Expression {
  const entries = Object.entries(amounts)
  if (entries.length === 0) return NO_CHANGE
  return {
    text: `ADD ${entries.map((_, at) => `#${at} :${at}`).join(', ')}`,
    names: Object.fromEntries(entries.map(([name], at) => [`#${at}`, name])),
    values: Object.fromEntries(entries.map(([, amount], at) => [`:${at}`, amount])),
  }
}

/** A transaction wants an expression even where there is nothing to change; the row is made all the same. */
const NO_CHANGE: Expression = { text: 'REMOVE nothing' }

/** The condition of a request, and the names and values of all its expressions; DynamoDB refuses empty ones. */
function conditional(condition?: Expression, update?: Expression) {
  const names = { ...update?.names, ...condition?.names }
  const values = { ...update?.values, ...condition?.values }
  return {
    ConditionExpression: condition?.text,
    ...(Object.keys(names).length > 0 && { ExpressionAttributeNames: names }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  }
}

/** Values cross the door as JSON, so that both tables hold the same. */
function jsonCopy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T
}
