import { quietHoursIn } from '../brand/purposes.ts'
import { shareOf } from '../profiles/share-of.ts'
import { MINUTE } from '../time/duration.ts'
import { localTime, nextLocalTime } from '../time/zones.ts'
import type { Gate } from './gate.ts'
import { countryOf, zoneOf } from './zone.ts'

/** Those who were held over night are not all woken in the same second. */
const SPREAD = 10 * MINUTE

const MINUTES_A_DAY = 24 * 60

/** Nothing goes out while it is night where she is; it waits for the morning. */
export const quietHoursGate: Gate = ({ now, profile, brand, purpose }) => {
  if (purpose.quietHours === undefined) return undefined
  const zone = zoneOf(profile, brand)
  const { from, to } = quietHoursIn(purpose.quietHours, countryOf(profile, brand))
  if (!isWithin(minuteOfDay(now, zone), minutesOf(from), minutesOf(to))) return undefined
  const until = morningAfter(now, zone, to) + Math.floor(shareOf(profile.id, 'quiet hours') * SPREAD)
  return { code: 'quiet-hours', until, detail: `${from} to ${to}, ${zone}` }
}

/** When the clocks come to `to`; in an hour that they show twice it may be the second time that comes next. */
function morningAfter(now: number, zone: string, to: string): number {
  const ahead = (minutesOf(to) - minuteOfDay(now, zone) + MINUTES_A_DAY) % MINUTES_A_DAY
  const morning = now - (now % MINUTE) + ahead * MINUTE
  return minuteOfDay(morning, zone) === minutesOf(to) ? morning : nextLocalTime(now, zone, to)
}

function minuteOfDay(now: number, zone: string): number {
  const { hour, minute } = localTime(now, zone)
  return hour * 60 + minute
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}

/** From `from` up to but not including `to`, over midnight where `from` is later. */
function isWithin(minute: number, from: number, to: number): boolean {
  return from < to ? minute >= from && minute < to : minute >= from || minute < to
}
