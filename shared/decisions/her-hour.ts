import type { Hours } from '../brand/purposes.ts'
import { quietHoursIn } from '../brand/purposes.ts'
import { localTime, nextLocalTime } from '../time/zones.ts'
import type { Candidate, Gate } from './gate.ts'
import { isWithin, spreadOf } from './local-hours.ts'
import { whereaboutsOf, zoneOf } from './zone.ts'

/** With fewer than these nobody knows her habits. */
const LEAST_ENGAGED = 3

/** Where a brand says nothing of its own. */
const USUAL_HOUR = '10:00'

/**
 * A message that asks for her hour waits for it once: the hour in which she most often opened, followed or answered what
 * we sent, or else the brand's usual one. It is a wish: where her hour comes after the deadline the message goes now.
 */
export const herHourGate: Gate = (candidate) => {
  const { now, profile, brand, atHerHour, holds, deadlineAt } = candidate
  if (atHerHour !== true || holds > 0) return undefined
  const zone = zoneOf(profile, brand)
  const own = hourOfHers(candidate, zone)
  const from = own ?? brand.usualHour ?? USUAL_HOUR
  if (isWithin(now, hourFrom(from), [zone])) return undefined
  const until = nextLocalTime(now, zone, from) + spreadOf(profile.id)
  if (until > deadlineAt) return undefined
  const whose = own === undefined ? 'the brand’s usual hour' : 'when she most often opens what we send'
  return { code: 'her-hour', until, detail: `${from}, ${zone}, ${whose}` }
}

/** The local hour of most of her engagement, quiet hours left out; of several the earliest. */
function hourOfHers({ profile, brand, purpose }: Candidate, zone: string): string | undefined {
  if (profile.engaged.length < LEAST_ENGAGED) return undefined
  const { quietHours } = purpose
  const quiet = quietHours === undefined ? undefined : quietHoursIn(quietHours, whereaboutsOf(profile, brand).country)
  const counts = new Map<number, number>()
  for (const [, at] of profile.engaged) {
    if (quiet !== undefined && isWithin(at, quiet, [zone])) continue
    const { hour } = localTime(at, zone)
    counts.set(hour, (counts.get(hour) ?? 0) + 1)
  }
  const [most] = [...counts].sort(([hour, count], [other, others]) => others - count || hour - other)
  return most === undefined ? undefined : `${`${most[0]}`.padStart(2, '0')}:00`
}

function hourFrom(from: string): Hours {
  const [hour = '', minute = ''] = from.split(':')
  return { from, to: `${`${(Number(hour) + 1) % 24}`.padStart(2, '0')}:${minute}` }
}
