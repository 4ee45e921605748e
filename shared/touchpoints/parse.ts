import type * as z from 'zod'
import { IncomingTouchpoint, type Touchpoint } from './touchpoint.ts'

/** A touchpoint may say that it happened at most this long after we got it: clocks of devices are off. */
const FUTURE_TOLERANCE = 86_400_000

export type Parsed =
  | { readonly ok: true; readonly touchpoint: Touchpoint }
  | { readonly ok: false; readonly reason: string }

export interface Receipt {
  /** When our door took it (epoch ms). */
  readonly receivedAt: number
  /** Used where the event brings no id of its own. */
  readonly fallbackId: () => string
  readonly source: string
}

/** Checks one event as it came from outside. The reason names the place and the remedy. */
export function parseTouchpoint(value: unknown, receipt: Receipt): Parsed {
  const result = IncomingTouchpoint.safeParse(value)
  if (!result.success) return { ok: false, reason: result.error.issues.map(describeIssue).join(' ') }
  const { id, occurredAt, source, ...rest } = result.data
  if (occurredAt !== undefined && occurredAt > receipt.receivedAt + FUTURE_TOLERANCE)
    return { ok: false, reason: 'occurredAt: This is more than a day in the future; check the sender’s clock.' }
  return {
    ok: true,
    touchpoint: {
      ...rest,
      id: id ?? receipt.fallbackId(),
      occurredAt: occurredAt ?? receipt.receivedAt,
      recordedAt: receipt.receivedAt,
      timed: occurredAt !== undefined,
      source: source ?? receipt.source,
    } as Touchpoint,
  }
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const place = issue.path.map(String).join('.')
  const at = place === '' ? '' : `${place}: `
  if (issue.code === 'unrecognized_keys')
    return `${at}${issue.keys.join(', ')} is not known here; remove it${place === '' ? ', or put it under "properties"' : ''}.`
  if (issue.code === 'invalid_type' && place === '')
    return 'An event is an object, as in { "type": "order.completed", … }.'
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) return `${at}this is missing.`
  return `${at}${issue.message.endsWith('.') ? issue.message : `${issue.message}.`}`
}
