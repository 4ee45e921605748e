import type { Template } from 'liquidjs'
import { parseTemplate, type TemplateKind } from './liquid.ts'

/** Parsed templates that are in use: a few hundred messages with their locales. */
const CAPACITY = 2_000

const parsed = new Map<string, Template[]>()

/** The parsed template, from memory where it was used before. @param key changes whenever `text` does. */
export function templateOf(key: string, text: string, kind: TemplateKind): Template[] {
  const known = parsed.get(key)
  const template = known ?? parseTemplate(text, kind)
  // Being put in again makes it the youngest; the oldest goes.
  parsed.delete(key)
  parsed.set(key, template)
  if (parsed.size > CAPACITY) forgetOldest()
  return template
}

function forgetOldest(): void {
  const [oldest] = parsed.keys()
  if (oldest !== undefined) parsed.delete(oldest)
}
