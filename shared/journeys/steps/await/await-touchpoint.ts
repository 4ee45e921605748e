import * as z from 'zod'
import { Conflict, Impossible } from '../../../errors/errors.ts'
import type { OpenRun, Profile } from '../../../profiles/profile.ts'
import { loadProfile, putProfile } from '../../../profiles/store.ts'
import { readTimeline } from '../../../profiles/timeline.ts'
import type { TimelineRow } from '../../../profiles/timeline-row.ts'
import { evaluate } from '../../../segments/evaluate.ts'
import { STALE_AFTER } from '../../../touchpoints/touchpoint.ts'
import type { World } from '../../../world/world.ts'
import { readFacts } from '../../runs/read-facts.ts'
import { TaskInput } from '../../runs/run.ts'
import { openRun, withLast } from '../../runs/run-guard.ts'
import { laterTryWaits, waitExpiry, waitKey } from '../../runs/wait-row.ts'
import { journeyVersion } from '../../versions/live.ts'
import { findStep } from '../find-step.ts'
import type { Awaited } from '../step-kind.ts'
import type { AwaitStep } from './await.ts'

export const AwaitInput = TaskInput.extend({
  token: z.string(),
  /** How often the task has been tried before. */
  attempt: z.number().int().default(0),
  /** The moment (of her profile's own time) up to which the step before saw: what came since may be what is awaited. */
  since: z.number().optional(),
  /** ISO 8601: nothing that was recorded before counts, since the run was waiting for something else until then. */
  from: z.string().optional(),
  /** ISO 8601: since then a pause has kept the run from beginning to wait. */
  held: z.string().optional(),
})

type AwaitInput = z.infer<typeof AwaitInput>
type AwaitWorld = Pick<World, 'table' | 'clock' | 'machines'>

/** Others may write to the profile between reading and committing; then it is looked at again. */
const MOST_ATTEMPTS = 20

/** What a run waits for. */
export interface Awaiting {
  /** The first of these that comes decides the path. */
  readonly cases: readonly Awaited[]
  /** Milliseconds. */
  readonly within: number
  /** Only touchpoints of this conversation count. */
  readonly conversation?: string | undefined
}

type Waiting = Promise<{ readonly outcome: 'waiting' | 'came-already' }>

/** The task of an `await` step. */
export async function awaitTouchpoint(input: AwaitInput, world: AwaitWorld): Waiting {
  const { content } = await journeyVersion(world, input.journey, input.version)
  return waitFor(world, input, findStep<AwaitStep>(content.document.steps, input.step))
}

/**
 * Makes the run wait: the profile says for which touchpoint types, a row of its own holds the token. What was committed
 * between the step before and this is looked at first, so that nothing falls in between.
 */
export async function waitFor(world: AwaitWorld, input: AwaitInput, awaiting: Awaiting): Waiting {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const profile = await loadProfile(world, input.customer)
    openRun(profile, input)
    if (profile === undefined) throw new Impossible('run.no-profile', 'An open run has no profile.')
    if (await laterTryWaits(world.table, input, profile)) return { outcome: 'waiting' }
    const matched = await cameAlready(world, input, awaiting, profile)
    if (matched !== undefined) {
      const gone = withLast(profile, input, { at: world.clock.now(), path: matched.matched })
      if (!(await world.table.write([putProfile(gone)])).committed) continue
      await world.machines.resume(input.token, { output: { outcome: 'matched', ...matched } })
      return { outcome: 'came-already' }
    }
    if (await commitWait(world, input, awaiting, profile)) return { outcome: 'waiting' }
  }
  throw new Conflict('wait.contention', 'Others kept writing to this customer; the wait is tried again.')
}

async function commitWait(
  { table, clock }: AwaitWorld,
  input: AwaitInput,
  { cases, within, conversation }: Awaiting,
  profile: Profile,
): Promise<boolean> {
  const run = openRun(profile, input)
  const { token, attempt, occurrence = [] } = input
  const key = waitKey(input.customer, input.enrolment, input.step)
  const wait = { step: input.step, types: [...new Set(cases.map(({ when }) => when))], conversation }
  const now = clock.now()
  const until = now + timeLeft(run, input, within)
  const waits = { ...profile, runs: { ...profile.runs, [input.enrolment]: { ...run, wait } } }
  const result = await table.write([
    putProfile(withLast(waits, input, { at: now, until, path: cases.length })),
    { put: { ...key, token, attempt, occurrence, expiresAt: waitExpiry(until) } },
  ])
  return result.committed
}

/** A run that was moved here goes on with what is left of the time that it waited for before. */
function timeLeft({ last }: OpenRun, { move, step }: AwaitInput, within: number): number {
  const wasMoved = last?.toCome === true && last.step === step
  return wasMoved && move?.seconds !== undefined ? move.seconds * 1_000 : within
}

/** The case that the earliest touchpoint since then fits, and the moment of that touchpoint: more may have come after it. */
async function cameAlready(
  world: AwaitWorld,
  input: AwaitInput,
  { cases, conversation }: Awaiting,
  profile: Profile,
): Promise<{ readonly matched: number; readonly seen: number } | undefined> {
  const { since, from, held } = input
  if (since === undefined || since >= profile.version) return undefined
  const earliest = from === undefined ? 0 : Date.parse(from)
  // Rows of records merged into hers count in the time of those; what came since stands in her own.
  const own = { id: profile.id, aliases: [] }
  const lookedAt = held === undefined ? world.clock.now() : Date.parse(held)
  const rows = await readTimeline(world, own, { sinceAt: lookedAt - 2 * STALE_AFTER })
  const fresh = rows.filter(({ moment, recordedAt }) => moment > since && recordedAt >= earliest).reverse()
  const facts = await readFacts(world, {
    profile,
    run: input,
    conditions: cases.flatMap(({ where }) => where ?? []),
  })
  for (const row of fresh) {
    if (conversation !== undefined && row.conversation !== conversation) continue
    const matched = cases.findIndex(
      ({ when, where }) => fits(row, when) && (where === undefined || evaluate(where, facts, row)),
    )
    if (matched >= 0) return { matched, seen: row.moment }
  }
  return undefined
}

function fits({ type, occurredAt, recordedAt }: TimelineRow, when: string): boolean {
  return type === when && recordedAt - occurredAt <= STALE_AFTER
}
