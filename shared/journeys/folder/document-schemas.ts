import type * as z from 'zod'
import { BrandSchema } from '../../brand/brand.ts'
import { PushDocument } from '../../channels/push/form.ts'
import { everySchema, type JsonSchema, jsonSchemaOf } from '../../documents/json-schema.ts'
import { MessageDocument } from '../../messages/message-document.ts'
import { Condition, Where } from '../../segments/condition.ts'
import { SegmentDocument } from '../../segments/segment.ts'
import { JourneyDocument } from '../journey.ts'
import { Common, Step, Steps } from '../steps/read-steps.ts'
import { describeKey } from './key-descriptions.ts'

/** The kinds of documents in a brand folder, with the files that each is for. */
export const DOCUMENT_FILES = {
  brand: ['brand.yaml'],
  journey: ['journeys/*.yaml'],
  segment: ['segments/*.yaml'],
  message: ['messages/*/message.yaml'],
  push: ['messages/*/push.*.yaml'],
} as const

export type DocumentName = keyof typeof DOCUMENT_FILES

const SCHEMAS: Readonly<Record<DocumentName, z.ZodType>> = {
  brand: BrandSchema,
  journey: JourneyDocument,
  segment: SegmentDocument,
  message: MessageDocument,
  push: PushDocument,
}

const NAMES = { condition: Condition, where: Where, step: Step, steps: Steps }

/** What each kind of document may say, as JSON Schema with a description of every key, so that editors complete and explain. */
export function documentSchema(name: DocumentName): JsonSchema {
  const schema = jsonSchemaOf(SCHEMAS[name], NAMES)
  const { step } = schema.definitions ?? {}
  if (step !== undefined) addCommon(step)
  everySchema(schema, describeKeys)
  return schema
}

/** Every step may say this beside its own keys, and wherever steps are told apart by a key, so does each of them. */
function addCommon(step: JsonSchema): void {
  const { properties } = jsonSchemaOf(Common, NAMES)
  for (const one of step.anyOf ?? []) {
    if (one.properties === undefined) addCommon(one)
    else Object.assign(one.properties, properties)
  }
}

/** A key is described by itself, or by the key that says what the map around it is. */
function describeKeys(schema: JsonSchema): void {
  const [owner] = schema.required ?? []
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    const description = describeKey(key, owner)
    if (description !== undefined) property.description = description
  }
}
