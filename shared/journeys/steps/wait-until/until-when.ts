import { valueAt } from '../../../segments/path.ts'
import { DAY, MINUTE } from '../../../time/duration.ts'
import { describeInstant, parseInstant } from '../../../time/instant.ts'
import { addDays, parseLocalMoment } from '../../../time/local-moment.ts'
import { instantAt, localTime, nextLocalTime } from '../../../time/zones.ts'
import type { Json } from '../../../world/table.ts'
import type { Alarm } from '../../runs/enrolment.ts'
import type { UntilDate, UntilTime } from './wait-until.ts'

interface Asked {
  readonly now: number
  /** When the step was reached; `now` at the first look. */
  readonly askedAt: number
  readonly isFirst: boolean
  readonly zone: string
}

/** `detail` is why there is no date. */
type Found = Pick<Alarm, 'outcome' | 'until'> & { readonly detail?: string }

/** Who comes so shortly after the hour is in time: a step before that ends at the hour ends a moment after it. */
const JUST_NOW = 5 * MINUTE

/** Counted from when the step was reached, so that whoever travels west meanwhile waits on, and nobody waits twice. */
export function untilTime({ time, days }: UntilTime, { now, askedAt, zone }: Asked): Found {
  const until = nextLocalTime(askedAt - JUST_NOW, zone, time, days)
  return { outcome: until > now ? 'wait' : 'go', until }
}

export function untilDate(date: UntilDate, traitOf: (name: string) => Json | undefined, asked: Asked): Found {
  const [name = ''] = date.trait
  const value = valueAt(traitOf(name), date.trait, 1) ?? undefined
  if (value === undefined) return missing('the trait is not known')
  const until = typeof value === 'string' ? instantOf(value, date, asked.zone) : undefined
  if (until === undefined) return missing('the trait is no date')
  if (until > asked.askedAt + date.within) return missing(`${describeInstant(until)} is too far away`)
  if (until > asked.now) return { outcome: 'wait', until }
  return { outcome: asked.isFirst && until <= asked.now - JUST_NOW ? 'past' : 'go', until }
}

function missing(detail: string): Found {
  return { outcome: 'missing', detail }
}

/** A date without an hour means the morning. */
const MORNING = '09:00'

function instantOf(written: string, { offset, at }: UntilDate, zone: string): number | undefined {
  const local = parseLocalMoment(written)
  const instant = local === undefined ? parseInstant(written) : undefined
  if (local === undefined && instant === undefined) return undefined
  if (instant !== undefined && at === undefined) return instant + offset
  const date = local?.date ?? localTime(instant ?? 0, zone).date
  const days = Math.trunc(offset / DAY)
  return instantAt(addDays(date, days), at ?? local?.time ?? MORNING, zone) + (offset - days * DAY)
}
