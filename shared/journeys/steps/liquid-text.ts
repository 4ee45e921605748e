import * as z from 'zod'
import { templateMistake } from '../../messages/check-template.ts'
import type { Template } from './step-kind.ts'

/** A text with Liquid in it; its grammar is checked here, its variables when the whole folder is known. */
export const liquidText = z.string().superRefine((text, context) => {
  const mistake = templateMistake(text)
  if (mistake !== undefined) context.addIssue({ code: 'custom', message: mistake })
})

/** True when a text is filled in for each customer. */
export function hasLiquid(text: string): boolean {
  return /\{[{%]/.test(text)
}

/** Every text in a value, with its place. */
export function templatesIn(value: unknown, at: Template['at']): readonly Template[] {
  if (typeof value === 'string') return [{ at, text: value }]
  if (typeof value !== 'object' || value === null) return []
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return entries.flatMap(([key, inner]) => templatesIn(inner, [...at, key]))
}
