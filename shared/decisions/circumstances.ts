import type { Cap } from '../brand/purposes.ts'
import { describeDuration } from '../time/duration.ts'
import { localTime } from '../time/zones.ts'
import { countedFor } from './frequency-cap.ts'
import type { Candidate } from './gate.ts'
import { describeZones, whereaboutsOf } from './zone.ts'

/** What was looked at when a message was let go, so that anybody can see later why it was. */
export interface Circumstances {
  /** `11:04 in Europe/Copenhagen, by her phone number`. */
  readonly localTime: string
  /** `1 of 3 in 1 day`, with this message. */
  readonly caps: readonly string[]
}

/** For a message that nothing stands against. */
export function circumstancesOf(candidate: Candidate): Circumstances {
  const { now, profile, brand } = candidate
  const { zones, by } = whereaboutsOf(profile, brand)
  const { hour, minute } = localTime(now, zones[0] ?? brand.defaultZone)
  const clock = [hour, minute].map((part) => `${part}`.padStart(2, '0')).join(':')
  return {
    localTime: `${clock} in ${describeZones(zones, by)}`,
    caps: countedFor(candidate).map(({ cap, count, of }) => describeCap(cap, count + 1, of)),
  }
}

export function describeCircumstances({ localTime: clock, caps }: Circumstances): readonly string[] {
  return [`It was ${clock}.`, ...(caps.length === 0 ? [] : [`With it the caps counted ${caps.join(', ')}.`])]
}

function describeCap({ upTo, per, channel }: Cap, count: number, of: string): string {
  return `${count} of ${upTo} in ${describeDuration(per)}${channel === undefined ? '' : ` by ${channel}`} (${of})`
}
