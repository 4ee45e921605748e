import * as z from 'zod'
import { util } from 'zod/v4/core'
import { Impossible } from '../errors/errors.ts'
import { nearest } from './nearest.ts'

export type Path = readonly (string | number)[]

/** One thing wrong in a value, said to the person who wrote it. */
export interface Complaint {
  readonly path: Path
  readonly message: string
  readonly fix?: string | undefined
}

type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly complaints: readonly Complaint[] }

/** Like `safeParse`, with complaints for people. */
export function check<S extends z.ZodType>(schema: S, value: unknown): Checked<z.output<S>> {
  const { value: read, issues } = run(schema, value)
  return issues.length === 0 ? { ok: true, value: read } : { ok: false, complaints: issues.flatMap(complaintsOf) }
}

/**
 * What a schema makes of a value, with zod's issues before they are finished: only those still hold what was written
 * and the schema that objected, whose other keys make a suggestion possible.
 */
export function run<S extends z.ZodType>(
  schema: S,
  value: unknown,
): { readonly value: z.output<S>; readonly issues: readonly z.core.$ZodRawIssue[] } {
  const result = schema._zod.run({ value, issues: [] }, { async: false })
  if (result instanceof Promise) throw new Impossible('documents.async-schema', 'A document schema checks at once.')
  // Without issues the value is what the schema puts out; zod's type for a run does not say so.
  return { value: result.value as z.output<S>, issues: result.issues }
}

/** The way out of a misspelt word: the candidate meant, or all of them. */
function suggestion(word: string, candidates: readonly string[]): string | undefined {
  const meant = nearest(word, candidates)
  if (meant !== undefined) return `Did you mean "${meant}"?`
  return candidates.length === 0 ? undefined : `Known here: ${candidates.join(', ')}.`
}

function complaintsOf(issue: z.core.$ZodRawIssue): Complaint[] {
  const path = (issue.path ?? []).map(asKey)
  const key = path.at(-1)
  if (issue.input === undefined && key !== undefined)
    return [{ path: path.slice(0, -1), message: `"${key}" is missing.`, fix: `Add "${key}".` }]
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = issue.inst instanceof z.ZodObject ? Object.keys(issue.inst.shape) : []
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: `"${key}" is not known here.`,
        fix: suggestion(key, known),
      }))
    }
    case 'invalid_type':
      return [{ path, message: wrongForm([nameOf(issue.expected)], issue.input), fix: holding(issue.inst) }]
    case 'invalid_union':
      return ofUnion(path, issue.errors, issue.input)
    case 'invalid_value': {
      const values = issue.values.map(String)
      const message = `"${String(issue.input)}" is not one of: ${values.join(', ')}.`
      const meant = nearest(String(issue.input), values)
      return [{ path, message, fix: meant === undefined ? undefined : `Did you mean "${meant}"?` }]
    }
    case 'too_small':
      return [{ path, message: issue.minimum === 1 ? 'This is empty.' : messageOf(issue) }]
    case 'custom':
      return [{ path, message: messageOf(issue), fix: issue.params?.fix }]
    default:
      return [{ path, message: messageOf(issue) }]
  }
}

/** Of the forms a value may have, the one it has is the one with nothing to say about the value as a whole. */
function ofUnion(path: Path, forms: readonly (readonly z.core.$ZodIssue[])[], input: unknown): Complaint[] {
  const meant = forms.find((issues) => issues.every((issue) => issue.path.length > 0))
  if (meant !== undefined)
    return meant.map((issue) => ({ path: [...path, ...issue.path.map(asKey)], message: issue.message }))
  return [{ path, message: wrongForm(forms.flat().flatMap(expectedBy), input) }]
}

function expectedBy(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'invalid_value') return issue.values.map((value) => `"${String(value)}"`)
  return issue.code === 'invalid_type' ? [nameOf(issue.expected)] : []
}

function wrongForm(expected: readonly string[], input: unknown): string {
  const found = typeof input === 'string' && input.length < 40 ? `"${input}"` : nameOf(typeOf(input))
  return `Here belongs ${[...new Set(expected)].join(' or ')}, not ${found}.`
}

/** What a map holds that somebody wrote as something else. */
function holding(schema: unknown): string | undefined {
  return schema instanceof z.ZodObject ? `It holds: ${Object.keys(schema.shape).join(', ')}.` : undefined
}

function asKey(part: PropertyKey): string | number {
  return typeof part === 'number' ? part : String(part)
}

const NAMES: Readonly<Record<string, string>> = {
  string: 'a text',
  object: 'a map',
  record: 'a map',
  array: 'a list',
  null: 'nothing',
}

function nameOf(type: string): string {
  return NAMES[type] ?? type
}

function typeOf(input: unknown): string {
  if (input === null) return 'null'
  return Array.isArray(input) ? 'array' : typeof input
}

function messageOf(issue: z.core.$ZodRawIssue): string {
  return util.finalizeIssue(issue, undefined, z.config()).message
}
