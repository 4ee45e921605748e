import { INDEX_NAME } from '#functions/aws/store.ts'

/** An attribute as it travels: `{ S: 'text' }`. */
export type Attribute = Readonly<Record<string, unknown>>

export type StoredRow = Readonly<Record<string, Attribute>>

/** What DynamoDB bills. */
export interface Units {
  readonly read: number
  readonly write: number
}

/** A row that a write is about, before and after it. */
export interface Change {
  readonly before: StoredRow | undefined
  readonly after: StoredRow | undefined
}

const WRITE_UNIT = 1_024
const READ_UNIT = 4_096

/**
 * What a write is billed, in units of 1 KB of the larger of both versions, and the same again for the index. DynamoDB
 * Local counts fewer. (docs.aws.amazon.com/amazondynamodb, "Write operation consumption", "Global secondary indexes")
 * A transaction costs double, a condition that does not hold as much as if it had.
 */
export function writeUnits(changes: readonly Change[], { inTransaction }: { readonly inTransaction: boolean }): number {
  const units = changes.reduce(
    (sum, change) => sum + Math.max(unitsOf(change.before), unitsOf(change.after), 1) + indexUnits(change),
    0,
  )
  return inTransaction ? 2 * units : units
}

/** An entry that moves is removed and put: two writes. */
function indexUnits({ before, after }: Change): number {
  const [from, to] = [placeOf(before), placeOf(after)]
  if (from === to) return to === undefined || isSame(before, after) ? 0 : Math.max(unitsOf(before), unitsOf(after))
  return (from === undefined ? 0 : unitsOf(before)) + (to === undefined ? 0 : unitsOf(after))
}

function placeOf(row: StoredRow | undefined): string | undefined {
  return row?.ipk === undefined || row.isk === undefined ? undefined : JSON.stringify([row.ipk, row.isk])
}

function isSame(one: StoredRow | undefined, other: StoredRow | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

function unitsOf(row: StoredRow | undefined): number {
  return row === undefined ? 0 : Math.ceil(sizeOf(row) / WRITE_UNIT)
}

interface Read {
  readonly IndexName?: string
  readonly RequestItems?: Readonly<Record<string, { readonly Keys: readonly object[] }>>
}

interface Found {
  readonly Item?: StoredRow
  readonly Items?: readonly StoredRow[]
  readonly Responses?: Readonly<Record<string, readonly StoredRow[]>>
}

/**
 * What a read is billed, in units of 4 KB: by row where rows are asked for by key, by page for a range. What is not
 * there costs one unit, and the index, which may be behind, the half of it. ("Read operation consumption")
 */
export function readUnits({ IndexName, RequestItems }: Read, { Item, Items, Responses }: Found): number {
  const units = (rows: readonly StoredRow[]): number =>
    Math.max(1, Math.ceil(rows.reduce((sum, row) => sum + sizeOf(row), 0) / READ_UNIT))
  if (RequestItems !== undefined) {
    const asked = Object.values(RequestItems).reduce((sum, { Keys }) => sum + Keys.length, 0)
    const found = Object.values(Responses ?? {}).flat()
    return found.reduce((sum, row) => sum + units([row]), asked - found.length)
  }
  const all = units(Items ?? (Item === undefined ? [] : [Item]))
  return IndexName === INDEX_NAME ? all / 2 : all
}

/** Bytes, as "Item sizes and formats" has it: names and values, lists and maps with 3 bytes of their own. */
export function sizeOf(row: StoredRow): number {
  return Object.entries(row).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + sizeOfValue(value), 0)
}

function sizeOfValue(attribute: Attribute): number {
  const [[kind, value] = ['NULL', true]] = Object.entries(attribute)
  if (kind === 'S') return Buffer.byteLength(String(value))
  if (kind === 'N') return Math.ceil(String(value).replace(/\D/g, '').length / 2) + 1
  if (kind === 'L') return (value as readonly Attribute[]).reduce((sum, one) => sum + 1 + sizeOfValue(one), 3)
  if (kind === 'M') return 3 + Object.keys(value as StoredRow).length + sizeOf(value as StoredRow)
  return 1
}
