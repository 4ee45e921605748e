import { RunnableDefinition } from '#local/machines/definition.ts'
import { compileMachine, type Machine } from '#local/machines/machine.ts'
import type { Call, Run, Stop } from '#local/machines/position.ts'
import { begin, type Happening, proceed } from '#local/machines/transitions.ts'
import type { Definition } from '#shared/world/machines.ts'
import type { Json } from '#shared/world/table.ts'

/** One way through a machine, from its start to its end. */
export interface Walk {
  readonly states: readonly string[]
  /** What Step Functions charges for: every state that is entered, and every retry. */
  readonly transitions: number
  /** The length of the execution's history, as Step Functions counts it. */
  readonly events: number
  /** The functions that its tasks call, in order. */
  readonly calls: readonly string[]
  readonly sent: number
  /** The largest input, payload, output or set of variables on the way (bytes of JSON). */
  readonly largest: number
  readonly ended: 'succeeded' | 'failed'
}

interface WalkOptions {
  readonly input: Json
  /** How often every message and every date is put off before the run goes on; never, unless told otherwise. */
  readonly holds?: number
  /** How many channels a message is tried on that has a next one. */
  readonly tries?: (step: string) => number
  /** Whether every task fails as often as it is tried again, and succeeds the last time. */
  readonly failing?: boolean
}

/** Every way through a journey's machine: each branch, each touchpoint that is awaited and none, each message sent and not. */
export async function walkMachine(definition: Definition, options: WalkOptions): Promise<readonly Walk[]> {
  const machine = compileMachine('walked', RunnableDefinition.parse(definition))
  const walker = { machine, definition, options, failed: new Set<string>() }
  const track = new Track()
  return follow(walker, await begin(runOf(walker, track)), track)
}

interface Walker {
  readonly machine: Machine
  readonly definition: Definition
  readonly options: WalkOptions
  /** States that were seen to try again as often as they say; after that it is known what it costs. */
  readonly failed: Set<string>
}

/** What has happened on the way so far. */
class Track {
  states: string[] = []
  calls: string[] = []
  /** The execution has started, and will end. */
  events = 2
  retries = 0
  sent = 0
  largest = 0
  now = Date.UTC(2026, 2, 10, 10)

  copy(): Track {
    return Object.assign(new Track(), this, { states: [...this.states], calls: [...this.calls] })
  }

  weigh(value: Json | undefined): void {
    this.largest = Math.max(this.largest, Buffer.byteLength(JSON.stringify(value ?? null)))
  }
}

function runOf({ machine, options }: Walker, track: Track): Run {
  return {
    machine,
    execution: { name: 'walk', input: options.input, startedAt: 0 },
    now: track.now,
    random: () => 1,
    newToken: () => 'x'.repeat(1_024),
    observe: (visit) => {
      track.events += 1
      if (visit.kind === 'entered') track.states.push(visit.state)
      track.weigh(visit.kind === 'entered' ? visit.input : visit.output)
      if (visit.kind === 'left') track.weigh(visit.assigned as Json | undefined)
    },
  }
}

async function follow(walker: Walker, stop: Stop, track: Track): Promise<readonly Walk[]> {
  if (stop.kind === 'succeeded' || stop.kind === 'failed') return [walkOf(track, stop.kind)]
  if (stop.kind !== 'task') {
    track.now = Math.max(track.now, stop.wakeAt)
    return follow(walker, await proceed(runOf(walker, track), stop.position, { kind: 'due' }), track)
  }
  const walks: Walk[] = []
  const tried = walker.options.failing === true ? await failOften(walker, stop, track) : stop
  for (const happening of happeningsOf(walker, tried)) {
    const own = track.copy()
    own.calls.push(tried.call.functionName)
    own.weigh(tried.call.payload)
    if ('answer' in happening && (happening.answer as { outcome?: string }).outcome === 'sent') own.sent += 1
    own.events += eventsOfAttempt(tried)
    walks.push(...(await follow(walker, await proceed(runOf(walker, own), tried.position, happening), own)))
  }
  return walks
}

type TaskStop = Stop & { kind: 'task' }

/** Scheduled, started, ended; one that waits for a token is submitted in between. */
function eventsOfAttempt({ position }: TaskStop): number {
  return position.token === undefined ? 3 : 4
}

async function failOften(walker: Walker, first: TaskStop, track: Track): Promise<TaskStop> {
  const errors = errorsRetried(walker, first.position.state)
  track.retries += errors.length
  track.events += errors.length * eventsOfAttempt(first)
  track.calls.push(...errors.map(() => first.call.functionName))
  return walker.failed.has(first.position.state) ? first : failNow(walker, first, errors)
}

async function failNow(walker: Walker, first: TaskStop, errors: readonly string[]): Promise<TaskStop> {
  const { state } = first.position
  const run = runOf(walker, new Track())
  let stop: Stop = first
  for (const error of errors) {
    if (stop.kind !== 'task') break
    stop = await proceed(run, stop.position, { kind: 'failed', error, cause: 'Not now.' })
    if (stop.kind === 'retry') stop = await proceed(run, stop.position, { kind: 'due' })
  }
  if (stop.kind !== 'task') throw new Error(`${state} was not tried as often as it says.`)
  walker.failed.add(state)
  return stop
}

interface Retrier {
  readonly ErrorEquals: readonly string[]
  readonly MaxAttempts: number
}

/** For each retrier as many as it takes. */
function errorsRetried({ definition }: Walker, state: string): readonly string[] {
  const retriers = (definition.States[state]?.Retry ?? []) as readonly Retrier[]
  return retriers.flatMap(({ ErrorEquals: [error = ''], MaxAttempts }) => Array<string>(MaxAttempts).fill(error))
}

function walkOf({ states, calls, events, retries, sent, largest }: Track, ended: Walk['ended']): Walk {
  return { states, calls, events, transitions: states.length + retries, sent, largest, ended }
}

/** All that may come of a task. */
function happeningsOf(walker: Walker, { call, position }: TaskStop): readonly Happening[] {
  const answered = (answer: Json): Happening => ({ kind: 'answered', answer })
  const choices = walker.definition.States[`${position.state}?`]?.Choices
  const ways = Array.isArray(choices) ? choices.length + 1 : 1
  const each = Array.from({ length: ways }, (_, way) => way)
  if (position.token !== undefined)
    return [...each.map((matched) => answered({ outcome: 'matched', matched, seen: SEEN })), { kind: 'timed-out' }]
  if (call.functionName === 'decide-branch') return each.map((branch) => answered({ branch }))
  if (call.functionName === 'send-message') return sendings(walker.options, call).map(answered)
  if (call.functionName === 'find-instant') return instants(walker.options, call, ways).map(answered)
  return [answered({ seen: SEEN })]
}

/** The version of a profile that has been written to a billion times. */
const SEEN = 1_000_000_000
const LATER = '2026-03-11T10:00:00.000Z'

interface Asked {
  readonly step: string
  readonly holds?: number
  readonly tries?: number
  readonly asked?: number
}

function sendings({ holds = 0, tries: triesOf = () => 1 }: WalkOptions, { payload }: Call): readonly Json[] {
  const { step, holds: held = 0, tries = 0 } = payload as unknown as Asked
  const put = { outcome: 'hold', until: LATER, seen: SEEN }
  const rest = { tries, left: ['email', 'sms', 'push'], firstSeen: SEEN }
  if (held < holds)
    return [{ ...put, again: { holds: held + 1, deadlineAt: Date.parse(LATER), because: reasons(held + 1), ...rest } }]
  const gone = tries + 1 < triesOf(step) ? { ...put, again: { ...rest, tries: tries + 1 } } : undefined
  return [gone ?? { outcome: 'sent', seen: SEEN }, { outcome: 'skipped', seen: SEEN }]
}

/** Each hold keeps the reasons of those before it. */
function reasons(count: number): readonly Json[] {
  return Array.from({ length: count * 3 }, () => ({
    channel: 'whatsapp',
    code: 'frequency-cap',
    until: Date.parse(LATER),
    detail: 'as many as 3 in 1 day for this purpose, of which 1 is kept for what matters more',
  }))
}

function instants({ holds = 0 }: WalkOptions, { payload }: Call, ways: number): readonly Json[] {
  const { asked = 0 } = payload as unknown as Asked
  if (asked <= holds) return [{ outcome: 'wait', until: LATER, again: { askedAt: 0, asked: asked + 1 } }]
  return ['go', ...['missing', 'past'].slice(0, ways - 2)].map((outcome) => ({ outcome }))
}
