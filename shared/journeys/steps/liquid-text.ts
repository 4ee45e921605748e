import * as z from 'zod'
import type { Template } from './step-kind.ts'

/**
 * A text with Liquid in it. Its grammar is checked when the whole journey is read, since only who reads journeys needs
 * Liquid's parser; its variables when the whole folder is known.
 */
export const liquidText = z.string()

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
