import type { ServiceModel, Shape } from './model.ts'

interface Checked {
  readonly model: ServiceModel
  /** Answers of ours need not be whole: the SDK does not ask for what is required of a service. */
  readonly whole: boolean
}

/** What is wrong with a value in the eyes of the service, each with its place; nothing when it may stand there. */
export function problemsOf(checked: Checked, shapeName: string, value: unknown, place: string): readonly string[] {
  const shape = checked.model.shapes[shapeName]
  if (shape === undefined) return [`${place}: the model has no ${shapeName}`]
  const check = CHECKS[shape.type]
  if (check === undefined) return [`${place}: nobody checks a ${shape.type} yet`]
  return check(shape, value, place, checked)
}

type Check = (shape: Shape, value: unknown, place: string, checked: Checked) => readonly string[]

const CHECKS: Readonly<Record<string, Check>> = {
  structure: checkStructure,
  list: checkList,
  map: checkMap,
  string: checkString,
  boolean: (_, value, place) => (typeof value === 'boolean' ? [] : [`${place} is no boolean`]),
  integer: checkNumber,
  long: checkNumber,
  double: checkNumber,
  timestamp: (_, value, place) =>
    typeof value === 'number' || Number.isFinite(Date.parse(String(value))) ? [] : [`${place} is no time`],
  blob: (_, value, place) => (typeof value === 'string' ? [] : [`${place} is no Base64`]),
}

function checkStructure(shape: Shape, value: unknown, place: string, checked: Checked): readonly string[] {
  if (!isRecord(value)) return [`${place} is no structure`]
  const { members = {}, required = [] } = shape
  const missing = required.filter((name) => checked.whole && value[name] === undefined)
  const inside = Object.entries(value).flatMap(([name, member]) => {
    const known = members[name]
    if (known === undefined) return [`${place}.${name} is unknown`]
    // What is null or absent is not there.
    return member == null ? [] : problemsOf(checked, known.shape, member, `${place}.${name}`)
  })
  return [...missing.map((name) => `${place}.${name} is missing`), ...inside]
}

function checkList(shape: Shape, value: unknown, place: string, checked: Checked): readonly string[] {
  if (!Array.isArray(value)) return [`${place} is no list`]
  const item = shape.member?.shape ?? ''
  return [
    ...outOfBounds(shape, value.length, `${place} has ${value.length} items`),
    ...value.flatMap((one, at) => problemsOf(checked, item, one, `${place}[${at}]`)),
  ]
}

function checkMap(shape: Shape, value: unknown, place: string, checked: Checked): readonly string[] {
  if (!isRecord(value)) return [`${place} is no map`]
  const { key, value: held } = shape
  const entries = Object.entries(value)
  return [
    ...outOfBounds(shape, entries.length, `${place} has ${entries.length} entries`),
    ...entries.flatMap(([name, one]) => [
      ...problemsOf(checked, key?.shape ?? '', name, `the key ${name} of ${place}`),
      ...problemsOf(checked, held?.shape ?? '', one, `${place}.${name}`),
    ]),
  ]
}

function checkString(shape: Shape, value: unknown, place: string): readonly string[] {
  if (typeof value !== 'string') return [`${place} is no string`]
  const length = [...value].length
  const matches = shape.pattern === undefined || new RegExp(`^(?:${shape.pattern})$`).test(value)
  return [
    ...outOfBounds(shape, length, `${place} has ${length} characters`),
    ...(matches ? [] : [`${place} is not like ${shape.pattern}`]),
    ...(shape.enum === undefined || shape.enum.includes(value) ? [] : [`${place} is none of ${shape.enum.join(', ')}`]),
  ]
}

function checkNumber(shape: Shape, value: unknown, place: string): readonly string[] {
  if (typeof value !== 'number' || (shape.type !== 'double' && !Number.isInteger(value)))
    return [`${place} is no ${shape.type}`]
  return outOfBounds(shape, value, `${place} is ${value}`)
}

function outOfBounds({ min = -Infinity, max = Infinity }: Shape, size: number, what: string): readonly string[] {
  if (size >= min && size <= max) return []
  return [`${what}, and may have ${min} to ${max}`]
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
