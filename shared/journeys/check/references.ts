import { isChannel } from '../../channels/catalog.ts'
import { nearest } from '../../documents/nearest.ts'
import type { Entry } from '../entries/entry.ts'
import { kindOf } from '../steps/catalog.ts'
import type { Reference } from '../steps/step-kind.ts'
import type { Check, Finding, Subject } from './finding.ts'
import { placedSteps } from './placed-steps.ts'

/** Whatever a journey names elsewhere in the folder is there. */
export const checkReferences: Check = function* (subject) {
  const { journey } = subject
  const purpose = unknown({ kind: 'purpose', name: journey.purpose }, subject)
  if (purpose !== undefined) yield { at: ['purpose'], ...purpose }
  const { on } = journey.enter
  const segment = 'segment' in on ? unknown({ kind: 'segment', name: on.segment }, subject) : undefined
  if (segment !== undefined) yield { at: ['enter', SEGMENT_KEYS[on.kind] ?? 'segment'], ...segment }
  for (const { step, place } of placedSteps(journey.steps))
    for (const reference of kindOf(step).references(step)) {
      const mistake = unknown(reference, subject)
      const key = KEYS[reference.kind]
      if (mistake !== undefined) yield { at: [...place, key ?? step.kind], ...mistake }
    }
}

/** Where an entry names its segment. */
const SEGMENT_KEYS: Partial<Record<Entry['on']['kind'], string>> = { joins: 'joins segment', leaves: 'leaves segment' }

/** Where a step names it, if not under its own key. */
const KEYS: Partial<Record<Reference['kind'], string>> = { purpose: 'purpose', channel: 'by' }

type Mistake = Omit<Finding, 'at'>

export function unknown({ kind, name }: Reference, subject: Subject): Mistake | undefined {
  const { brand, messages, segments, journeys } = subject
  switch (kind) {
    case 'purpose':
      return among(name, Object.keys(brand.purposes), `brand.yaml has no purpose "${name}".`)
    case 'channel':
      return isChannel(name) ? undefined : among(name, Object.keys(brand.senders), `There is no channel "${name}".`)
    case 'message':
      return among(name, Object.keys(messages), `There is no message "${name}" in messages/.`)
    case 'segment':
      return segments && among(name, segments, `There is no segment "${name}".`)
    case 'journey':
      return journeys && among(name, journeys, `There is no journey "${name}" in journeys/.`)
    case 'team':
      return among(name, brand.teams, `brand.yaml has no team "${name}".`)
  }
}

function among(name: string, known: readonly string[], message: string): Mistake | undefined {
  if (known.includes(name)) return undefined
  const near = nearest(name, known)
  if (near !== undefined) return { message, fix: `Did you mean "${near}"?` }
  return known.length === 0 ? { message } : { message, fix: `It has: ${known.join(', ')}.` }
}
