import { kindOf } from '../steps/catalog.ts'
import type { Sending, StepBase, Way } from '../steps/step-kind.ts'
import { follow, type Placed, type Rules } from './follow.ts'

/** The way that led somewhere, from its last step to its first. */
export interface Trail {
  readonly step: StepBase
  /** Which of its paths. */
  readonly index: number | undefined
  readonly before: Trail | undefined
}

/** Messages that follow each other on some path, up to the point that is looked at. */
export interface Stretch {
  readonly count: number
  /** Since the first of them (ms). */
  readonly elapsed: number
  readonly trail: Trail | undefined
}

export interface Counting {
  /** Which messages count. */
  readonly counts: (sending: Sending) => boolean
  /** Messages that are so far apart (ms) do not count together any more. */
  readonly within: number
  /** Whether she acts as soon as she can, which brings messages together, or as late as she can. */
  readonly she: 'quick' | 'slow'
  /** Told of every message that may go out, with the stretches that end just before it. */
  readonly onSend?: (at: Placed, sending: Sending, before: readonly Stretch[], trail: Trail | undefined) => void
}

interface State {
  readonly trail: Trail | undefined
  /** None of them has both fewer messages and more time than another. */
  readonly stretches: readonly Stretch[]
}

/** The most messages that some path through the steps sends within the time. */
export function mostSendings(steps: readonly StepBase[], counting: Counting): Stretch {
  let most: Stretch = { count: 0, elapsed: 0, trail: undefined }
  const rules: Rules<State> = {
    countsRounds: true,
    join: (states) => ({
      trail: states[0]?.trail,
      stretches: shortestOfEach(states.flatMap(({ stretches }) => stretches)),
    }),
    pass: (state, at, way, index) => {
      const after = passWay(addStep(state, at.step, index), at, way, counting)
      for (const stretch of after.stretches) if (stretch.count > most.count) most = stretch
      return after
    },
  }
  follow(steps, [], { trail: undefined, stretches: [] }, rules)
  return most
}

export function linesOf(trail: Trail | undefined): readonly string[] {
  const lines: string[] = []
  for (let here = trail; here !== undefined; here = here.before) lines.unshift(lineOf(here))
  return lines
}

function passWay(from: State, at: Placed, { least, most, sends = [] }: Way, counting: Counting): State {
  let state = from
  let passed = 0
  for (const sending of sends) {
    const { after = 0 } = sending
    state = age(state, after - passed, counting)
    passed = after
    if (!counting.counts(sending)) continue
    counting.onSend?.(at, sending, state.stretches, state.trail)
    state = countOne(state)
  }
  return age(state, Math.max(0, (counting.she === 'quick' ? least : most) - passed), counting)
}

function countOne({ trail, stretches }: State): State {
  const longer = stretches.map((stretch) => ({ ...stretch, count: stretch.count + 1 }))
  return { trail, stretches: shortestOfEach([...longer, { count: 1, elapsed: 0, trail }]) }
}

/** Without a limit the time between messages makes no difference. */
function age(state: State, time: number, { within }: Counting): State {
  if (time === 0 || within === Number.POSITIVE_INFINITY) return state
  const { trail, stretches } = state
  const older = stretches.map((stretch) => ({ ...stretch, elapsed: stretch.elapsed + time }))
  return { trail, stretches: older.filter(({ elapsed }) => elapsed < within) }
}

/** One that has fewer messages than another, in as much time or more, can never become the most. */
function shortestOfEach(stretches: readonly Stretch[]): readonly Stretch[] {
  const kept: Stretch[] = []
  for (const stretch of stretches.toSorted((a, b) => a.elapsed - b.elapsed || b.count - a.count))
    if (stretch.count > (kept.at(-1)?.count ?? 0)) kept.push(stretch)
  return kept
}

function addStep({ trail, stretches }: State, step: StepBase, index: number | undefined): State {
  return {
    trail: { step, index, before: trail },
    stretches: stretches.map((stretch) => ({ ...stretch, trail: { step, index, before: stretch.trail } })),
  }
}

/** `await cart.viewed within 2 days → else`. */
function lineOf({ step, index }: Trail): string {
  const kind = kindOf(step)
  const path = index === undefined ? undefined : kind.paths(step)[index]
  return `${kind.describe(step)}${path === undefined ? '' : ` → ${path.name}`}`
}
