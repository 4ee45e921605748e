import { stableId } from '../journeys/runs/run.ts'
import type { MembershipChange } from '../segments/settle.ts'
import { isLive, MAX_DEPTH, type Touchpoint } from '../touchpoints/touchpoint.ts'

/** The source of what we record of memberships. */
export const SEGMENT = 'segment'

/** What changed a membership. */
export interface Cause {
  /** The same whenever the same change is tried again. */
  readonly id: string
  /** The touchpoint, where it was one. */
  readonly causedBy?: string | undefined
  readonly depth: number
  readonly mode: Touchpoint['mode']
}

/** What starts nothing changes memberships that start nothing. */
export function causeOf(touchpoint: Touchpoint): Cause {
  const { id, depth } = touchpoint
  return { id, causedBy: id, depth, mode: isLive(touchpoint) ? 'live' : 'history' }
}

/** @param isByPublishing it is not she who changed, but the segment */
export function segmentTouchpoint(
  now: number,
  customer: string,
  { kind, segment }: MembershipChange,
  { id, causedBy, depth, mode }: Cause,
  isByPublishing = false,
): Touchpoint {
  return {
    id: stableId('segment', customer, segment, kind, id),
    type: `segment.${kind}`,
    occurredAt: now,
    recordedAt: now,
    timed: true,
    channel: 'segment',
    direction: 'in',
    identifiers: { customerId: customer },
    properties: { segment, ...(isByPublishing ? { existing: true } : {}) },
    causedBy,
    depth: Math.min(depth + 1, MAX_DEPTH),
    mode,
    source: SEGMENT,
  }
}
