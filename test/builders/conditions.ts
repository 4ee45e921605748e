import { describeProblem, readDocument } from '#shared/documents/document.ts'
import { Condition } from '#shared/segments/condition.ts'
import type { Facts, TouchpointFact } from '#shared/segments/facts.ts'
import { valueAt } from '#shared/segments/path.ts'

export const NOON = Date.parse('2026-11-21T12:00:00Z')

interface Known extends Partial<Omit<Facts, 'trait' | 'entry' | 'saved' | 'touchpoints'>> {
  readonly traits?: unknown
  readonly entered?: unknown
  readonly answers?: unknown
  /** By type. */
  readonly timeline?: Readonly<Record<string, readonly TouchpointFact[]>>
}

/** Facts about a customer of whom nothing is known but what is given. */
export function someFacts({ traits, entered, answers, timeline = {}, ...known }: Known = {}): Facts {
  return {
    now: NOON,
    customer: 'cus_ada',
    trait: (name) => valueAt(traits, [name]),
    entry: (name) => valueAt(entered, [name]),
    saved: (name) => valueAt(answers, [name]),
    touchpoints: (type) => timeline[type] ?? [],
    watch: () => undefined,
    inSegment: () => false,
    messages: () => [],
    consent: () => false,
    reachable: () => false,
    ...known,
  }
}

export function aTouchpoint(known: Partial<TouchpointFact> = {}): TouchpointFact {
  return { occurredAt: NOON, channel: 'app', properties: {}, ...known }
}

/** The condition that a piece of YAML says. */
export function aCondition(yaml: string): Condition {
  const reading = readDocument('condition.yaml', yaml, Condition)
  if (!reading.ok) throw new Error(reading.problems.map(describeProblem).join('\n'))
  return reading.document
}
