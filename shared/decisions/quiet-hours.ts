import { quietHoursIn } from '../brand/purposes.ts'
import type { Gate } from './gate.ts'
import { isWithin, nextOutside, spreadOf } from './local-hours.ts'
import { describeZones, whereaboutsOf } from './zone.ts'

/** Nothing goes out while it is night in any of the zones that may be hers; it waits for the morning. */
export const quietHoursGate: Gate = ({ now, profile, brand, purpose }) => {
  if (purpose.quietHours === undefined) return undefined
  const { zones, country, by } = whereaboutsOf(profile, brand)
  const hours = quietHoursIn(purpose.quietHours, country)
  if (!isWithin(now, hours, zones)) return undefined
  const detail = `${hours.from} to ${hours.to}, ${describeZones(zones, by)}`
  const morning = nextOutside(now, hours, zones)
  // Zones so far apart that it is always night in one of them: no hour is right, so none is taken.
  if (morning === undefined) return { code: 'quiet-hours', detail }
  const spread = morning + spreadOf(profile.id)
  return { code: 'quiet-hours', until: isWithin(spread, hours, zones) ? morning : spread, detail }
}
