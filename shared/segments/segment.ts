import * as z from 'zod'
import { type Reading, readDocument } from '../documents/document.ts'
import { name, text } from '../documents/fields.ts'
import { Condition } from './condition.ts'

/** A segment as a marketer writes it. */
export const SegmentDocument = z.strictObject({ segment: name, description: text.optional(), if: Condition })

export type SegmentDocument = z.infer<typeof SegmentDocument>

/** Reads a segment's YAML; what it asks and what it points at is checked by `checkSegments`. */
export function readSegment(file: string, source: string): Reading<SegmentDocument> {
  return readDocument(file, source, SegmentDocument)
}
