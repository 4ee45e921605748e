import type { Brand } from '../../brand/brand.ts'
import { DAY } from '../../time/duration.ts'
import type { Journey } from '../journey.ts'
import { longestStay } from '../longest-stay.ts'
import { kindOf } from '../steps/catalog.ts'
import { allSteps } from '../steps/name-steps.ts'
import type { Sending, StepBase } from '../steps/step-kind.ts'
import { waysOf } from './follow.ts'
import { eventsOf } from './history.ts'
import { linesOf, mostSendings } from './sendings.ts'

/** The most messages that one run can send her. */
export interface Most {
  readonly inAll: number
  /** In any 24 hours. */
  readonly perDay: number
}

/** What holds for every run of a journey, whichever path it takes. */
export interface Bounds extends Most {
  readonly byChannel: Readonly<Record<string, Most>>
  /** How often she may be in it. */
  readonly runs: 'once' | 'one by one' | 'one for each key'
  /** A path on which she gets the most in all. */
  readonly trail: readonly string[]
  /** How long a run can last (ms). */
  readonly longest: number
  /** How long the history of its execution can become, in events, retries apart. */
  readonly events: number
}

/** What is proved here holds while nothing fails and nobody pauses the journey: then a run only lasts longer. */
export function boundsOf(journey: Pick<Journey, 'purpose' | 'steps' | 'enter'>, brand: Brand): Bounds {
  const { steps, enter } = journey
  const channelsOf = sendingChannels(journey, brand)
  const sendings = allSteps(steps).flatMap((step) => waysOf(step).flatMap(({ sends = [] }) => sends))
  const deadlineOf = ({ deadline, purpose = journey.purpose }: Sending): number =>
    deadline ?? brand.purposes[purpose]?.deadline ?? 0
  const channels = [...new Set(sendings.flatMap(channelsOf))].sort()
  const all = most(steps, () => true)
  const by = (channel: string): Most => {
    const counts = (sending: Sending): boolean => channelsOf(sending).includes(channel)
    return sendings.every(counts) ? all : most(steps, counts)
  }
  return {
    ...all,
    byChannel: Object.fromEntries(channels.map((channel) => [channel, by(channel)])),
    trail: linesOf(mostSendings(steps, { counts: () => true, within: Number.POSITIVE_INFINITY, she: 'quick' }).trail),
    runs:
      enter.again === Number.MAX_SAFE_INTEGER ? 'once' : enter.key === undefined ? 'one by one' : 'one for each key',
    longest: longestStay(steps, (step) => longestOf(step, deadlineOf)),
    events: eventsOf(steps).most,
  }
}

/** The kind reckons a send with the longest deadline that any purpose may have; here it is known which it has. */
function longestOf(step: StepBase, deadlineOf: (sending: Sending) => number): number {
  const sending = waysOf(step).filter(({ sends = [] }) => sends.length > 0)
  const longest = kindOf(step).longest(step)
  if (sending.length === 0) return longest
  const known = sending.map(({ most, sends = [] }) => most + sends.reduce((sum, one) => sum + deadlineOf(one), 0))
  return Math.min(longest, Math.max(...known))
}

/** The channels that a message may go by. */
export function sendingChannels({ purpose }: Pick<Journey, 'purpose'>, { purposes }: Brand) {
  return (sending: Sending): readonly string[] => sending.by ?? purposes[sending.purpose ?? purpose]?.channels ?? []
}

function most(steps: Journey['steps'], counts: (sending: Sending) => boolean): Most {
  const within = (time: number) => mostSendings(steps, { counts, within: time, she: 'quick' }).count
  return { inAll: within(Number.POSITIVE_INFINITY), perDay: within(DAY) }
}
