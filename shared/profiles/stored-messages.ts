import { HOUR } from '../time/duration.ts'
import { joinEngaged } from './engagement.ts'
import type { Counted, Profile, WaitingMessage } from './profile.ts'

/** What the profile remembers of messages, as it is stored. */
export interface StoredMessages {
  readonly su?: Profile['suppressed']
  readonly bo?: Profile['bounces']
  readonly ca?: readonly (readonly [at: number, channel: string, purpose: string])[]
  readonly wa?: readonly StoredWaiting[]
  /** Hours since 1970, by channel. */
  readonly eg?: Readonly<Record<string, readonly number[]>>
  readonly wr?: Profile['wrote']
}

type StoredWaiting = readonly [dispatch: string, until: number, priority: number, channel: string, purpose: string]

type Messages = Pick<Profile, 'suppressed' | 'bounces' | 'counted' | 'waiting' | 'engaged' | 'wrote'>

/** Empty ones are absent. */
export function encodeMessages({ suppressed, bounces, counted, waiting, engaged, wrote }: Messages): StoredMessages {
  const stored: Required<StoredMessages> = {
    su: suppressed,
    bo: bounces,
    ca: counted.map(({ at, channel, purpose }) => [at, channel, purpose]),
    wa: waiting.map(({ dispatch, until, priority, channel, purpose }) => [dispatch, until, priority, channel, purpose]),
    eg: hoursOf(engaged),
    wr: wrote,
  }
  const filled = Object.entries(stored).filter(([, value]) => value !== undefined && Object.keys(value).length > 0)
  return Object.fromEntries(filled)
}

export function decodeMessages({ su = {}, bo = {}, ca = [], wa = [], eg = {}, wr }: StoredMessages): Messages {
  return {
    suppressed: su,
    bounces: bo,
    counted: ca.map(([at, channel, purpose]): Counted => ({ at, channel, purpose })),
    waiting: wa.map(waitingOf),
    engaged: joinEngaged(
      [],
      Object.entries(eg).flatMap(([channel, hours]) => hours.map((hour) => [channel, hour * HOUR] as const)),
    ),
    ...(wr === undefined ? {} : { wrote: wr }),
  }
}

function waitingOf([dispatch, until, priority, channel, purpose]: StoredWaiting): WaitingMessage {
  return { dispatch, until, priority, channel, purpose }
}

function hoursOf(engaged: Profile['engaged']): Record<string, number[]> {
  const hours: Record<string, number[]> = {}
  for (const [channel, at] of engaged) hours[channel] = [...(hours[channel] ?? []), at / HOUR]
  return hours
}
