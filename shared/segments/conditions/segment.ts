import * as z from 'zod'
import { name } from '../../documents/fields.ts'
import type { ConditionKind } from '../condition-kind.ts'

export interface InSegment {
  readonly kind: 'in segment' | 'not in segment'
  readonly segment: string
}

export const segmentSchemas = {
  'in segment': z
    .strictObject({ 'in segment': name })
    .transform((written): InSegment => ({ kind: 'in segment', segment: written['in segment'] })),
  'not in segment': z
    .strictObject({ 'not in segment': name })
    .transform((written): InSegment => ({ kind: 'not in segment', segment: written['not in segment'] })),
}

export const segment: ConditionKind<InSegment> = {
  holds: ({ kind, segment }, { facts }) => facts.inSegment(segment) === (kind === 'in segment'),
  describe: ({ kind, segment }) => `she is ${kind} ${segment}`,
  needs: ({ segment }) => ({ segments: [segment] }),
}
