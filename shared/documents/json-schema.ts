import * as z from 'zod'

/** As much of JSON Schema (draft 7, which editors know best) as our documents need. */
export interface JsonSchema {
  description?: string
  type?: string | readonly string[]
  pattern?: string
  format?: string
  enum?: readonly unknown[]
  const?: unknown
  properties?: Record<string, JsonSchema>
  required?: readonly string[]
  additionalProperties?: boolean | JsonSchema
  propertyNames?: JsonSchema
  items?: JsonSchema
  minItems?: number
  minLength?: number
  anyOf?: JsonSchema[]
  allOf?: JsonSchema[]
  not?: JsonSchema
  $ref?: string
  definitions?: Record<string, JsonSchema>
}

/**
 * A document's schema for editors: what may be written, where.
 * @param names schemas that several places share, which get a definition of this name
 */
export function jsonSchemaOf(schema: z.ZodType, names: Readonly<Record<string, z.ZodType>>): JsonSchema {
  const registry = z.registry<{ readonly id?: string }>()
  for (const [id, named] of Object.entries(names)) registry.add(named, { id })
  const json = z.toJSONSchema(schema, {
    target: 'draft-07',
    io: 'input',
    unrepresentable: 'any',
    metadata: registry,
    override: ({ zodSchema, jsonSchema }) => {
      Object.assign(jsonSchema, z.globalRegistry.get(zodSchema))
      // What is absent is not the same as a text that stands there.
      delete jsonSchema.default
    },
  })
  const plain = structuredClone(json) as JsonSchema // zod's own type allows what no schema of ours has
  everySchema(plain, forEditors)
  return plain
}

/** A file of it, with short lists on one line. */
export function jsonSchemaText(schema: JsonSchema): string {
  const text = `${JSON.stringify(schema, null, 2)}\n`
  return text.replace(/^( *(?:"[^"\n]*": )?)\[\n((?: *"[^\n]*",?\n)+) *\](,?)$/gm, (written, before, items, after) => {
    const line = `${before}[${items.trim().replace(/\n */g, ' ')}]${after}`
    return line.length <= LINE ? line : written
  })
}

const LINE = 120

/** Visits a schema and all that it is made of, from the inside. */
export function everySchema(schema: JsonSchema, visit: (schema: JsonSchema) => void): void {
  const { properties, definitions, additionalProperties, items, anyOf, allOf, propertyNames } = schema
  const inside = [
    ...Object.values({ ...properties, ...definitions }),
    ...[items, propertyNames].filter((one) => one !== undefined),
    ...(typeof additionalProperties === 'object' ? [additionalProperties] : []),
    ...(anyOf ?? []),
    ...(allOf ?? []),
  ]
  for (const one of inside) everySchema(one, visit)
  visit(schema)
}

/**
 * Editors read `5` as a number and `true` as a truth value where we read texts, so that a text may be written as any of
 * them which its form allows.
 */
function forEditors(schema: JsonSchema): void {
  const { anyOf, enum: values, const: value, format, pattern } = schema
  if (anyOf !== undefined) schema.anyOf = anyOf.flatMap((one) => (isOnly(one, 'anyOf') ? (one.anyOf ?? []) : [one]))
  if (schema.type !== 'string' || values !== undefined || value !== undefined || format !== undefined) return
  const fits = (example: string): boolean => pattern === undefined || new RegExp(pattern).test(example)
  const types = ['string', ...(fits('5') ? ['number'] : []), ...(fits('true') ? ['boolean'] : [])]
  if (types.length > 1) schema.type = types
}

function isOnly(schema: JsonSchema, key: keyof JsonSchema): boolean {
  return Object.keys(schema).join() === key
}
