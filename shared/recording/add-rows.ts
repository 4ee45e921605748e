import { dispatchKey } from '../dispatches/dispatch-row.ts'
import type { Effect } from '../journeys/runs/advance.ts'
import { consentProofItem } from '../profiles/consent-proof.ts'
import { deviceItem } from '../profiles/device-row.ts'
import { isMachine } from '../profiles/engagement.ts'
import type { Resolution } from '../profiles/identity.ts'
import type { Profile } from '../profiles/profile.ts'
import { type TimelineNotes, timelineItem, untimedItem, untimedKey } from '../profiles/timeline-row.ts'
import type { Touchpoint } from '../touchpoints/touchpoint.ts'
import type { Draft } from './draft.ts'

interface Outcome {
  readonly before: Profile
  readonly customer: string
  readonly resolution: Resolution
  readonly effects: readonly Effect[]
  /** Sort keys of rows that are known not to exist. */
  readonly missing: ReadonlySet<string>
}

/** The rows that stay of a touchpoint: itself, consent proofs, a push token, and what it says of a message of ours. */
export function addRows(draft: Draft, touchpoint: Touchpoint, outcome: Outcome): void {
  const { customer } = outcome
  const purpose = { of: 'touchpoint', id: touchpoint.id } as const
  const row = timelineItem(customer, touchpoint, notesOf(draft, outcome))
  draft.add({ put: row, when: 'absent' }, purpose)
  draft.remember(customer, row)
  if (!touchpoint.timed)
    draft.add({ put: untimedItem(untimedKey(customer, touchpoint.id), touchpoint), when: 'absent' }, purpose)
  for (const change of touchpoint.consent ?? [])
    draft.add({ put: consentProofItem(customer, touchpoint, change) }, { of: 'record' })
  addDevice(draft, touchpoint, outcome)
  addFeedback(draft, touchpoint, outcome)
}

function notesOf(draft: Draft, { customer, resolution, effects }: Outcome): TimelineNotes {
  const refusals = effects.flatMap((effect) =>
    effect.kind === 'not-entered' ? [[effect.journey, effect.reason] as const] : [],
  )
  const pending = [...draft.endedWaits().map(({ sk }) => sk), ...draft.starts().map(({ id }) => `E#${id}`)]
  return {
    moment: draft.moment(customer),
    ...(resolution.outcome === 'known' ? {} : { identity: resolution.outcome }),
    ...(refusals.length === 0 ? {} : { notEntered: Object.fromEntries(refusals) }),
    ...(pending.length === 0 ? {} : { effects: pending }),
  }
}

/** A token that came late does not replace a newer one. */
function addDevice(draft: Draft, { device, occurredAt }: Touchpoint, { before, customer }: Outcome): void {
  if (device?.pushToken === undefined) return
  const known = before.pushDevices[device.id]
  if (known === undefined || known[1] <= occurredAt)
    draft.add({ put: deviceItem(customer, { ...device, pushToken: device.pushToken }, occurredAt) }, { of: 'record' })
}

const FEEDBACK = /^message\.(delivered|opened|clicked|bounced|complained|failed|answered)$/

/**
 * The dispatch it is about keeps when it happened, unless it was a machine that opened it; one that we do not know is no
 * reason to lose the touchpoint.
 */
function addFeedback(draft: Draft, touchpoint: Touchpoint, { customer, missing }: Outcome): void {
  const { type, properties, occurredAt, identifiers } = touchpoint
  const what = FEEDBACK.exec(type)?.[1]
  const { dispatch } = properties
  if (what === undefined || isMachine(touchpoint) || typeof dispatch !== 'string' || dispatch === '') return
  const home = typeof properties.customer === 'string' ? properties.customer : (identifiers.customerId ?? customer)
  const key = dispatchKey(home, dispatch)
  if (missing.has(key.sk)) return
  draft.add({ set: key, attributes: { [`${what}At`]: occurredAt }, when: 'present' }, { of: 'dispatch', sk: key.sk })
}
