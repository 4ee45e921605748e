import { dispatchKey, readDispatch } from '../../dispatches/dispatch-row.ts'
import { Conflict } from '../../errors/errors.ts'
import type { LastStep, OpenRun, Profile } from '../../profiles/profile.ts'
import { loadProfile, putProfile } from '../../profiles/store.ts'
import { dueKeys } from '../../time/due.ts'
import type { Key, Write } from '../../world/table.ts'
import type { World } from '../../world/world.ts'
import { latestEnd } from '../longest-stay.ts'
import { drain } from '../runs/drain.ts'
import { type Enrolment, enrolmentKey, PICK_UP_AFTER, readEnrolment } from '../runs/enrolment.ts'
import { drawSplits, idOfStep } from '../runs/run.ts'
import { type Stand, standOf } from '../runs/stand.ts'
import { endWait, waitKey } from '../runs/wait-row.ts'
import { findStep } from '../steps/find-step.ts'
import { journeyVersion, type LiveJourney } from './live.ts'
import { type Destination, destinationOf, type MoveRules } from './move-plan.ts'

type MoveWorld = Pick<World, 'table' | 'clock' | 'machines'>

/** Where runs are moved, and how. */
export interface MoveTarget {
  readonly version: LiveJourney
  /** The machine of `compileMoved`. */
  readonly machine: string
  readonly rules: MoveRules
}

const MOST_ATTEMPTS = 20

/**
 * Closes the run that is open and begins the next one on the target version, where the plan says for the place it stands
 * at now. One write with her profile's version as its condition: whatever the old run was about to do either was done
 * before, or finds that it has left. Done again, it changes nothing.
 * @returns false when it stays where it is
 */
export async function moveRun(
  world: MoveWorld,
  { customer, id }: Pick<Enrolment, 'customer' | 'id'>,
  target: MoveTarget,
) {
  const key = enrolmentKey(customer, id)
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const [item, profile] = await Promise.all([world.table.get(key), loadProfile(world, customer)])
    const run = profile?.runs[id]
    if (item === undefined || profile === undefined || run === undefined || run.version >= target.version.version)
      return false
    const moving = { enrolment: readEnrolment(item), profile, run, target, now: world.clock.now() }
    const ended = await tryMove(world, moving)
    if (ended === 'stays') return false
    if (ended === 'changed-meanwhile') continue
    if (ended.wait !== undefined) await drain(world, ended.wait)
    await drain(world, key)
    return true
  }
  throw new Conflict('run.move-contention', 'Others kept writing to this customer; her run is moved later.')
}

interface Moving {
  readonly enrolment: Enrolment
  readonly profile: Profile
  readonly run: OpenRun
  readonly target: MoveTarget
  readonly now: number
}

type Tried = 'stays' | 'changed-meanwhile' | { readonly wait: Key | undefined }

async function tryMove(world: MoveWorld, moving: Moving): Promise<Tried> {
  const { enrolment, profile, run, target, now } = moving
  const old = (await journeyVersion(world, run.journey, run.version)).content.document
  const stand = standOf(old.steps, run, enrolment, now)
  const destination = destinationOf(old, target.version.content.document, target.rules, stand)
  if (destination.kind === 'stay') return 'stays'
  const sending =
    stand.step === undefined ? 'none' : await sendingOf(world, moving, findStep(old.steps, stand.step).kind, stand)
  const place = sending === 'sent' ? { ...destination, after: true } : destination
  const wait = await openWait(world, moving)
  const { committed } = await world.table.write([
    putProfile({ ...profile, runs: { ...profile.runs, [enrolment.id]: nextRun(moving, stand, place) } }),
    enrolmentWrite(moving, stand, place),
    ...(wait === undefined ? [] : [endWait(wait, enrolment.customer, { error: 'Left', cause: 'moved' }, now)]),
    ...(sending === 'held' ? [withdrawal(moving, stand)] : []),
  ])
  return committed ? { wait } : 'changed-meanwhile'
}

/** Whether a message of the step that the run stands at has gone out already, by one of its channels, or is put off. */
async function sendingOf(
  { table }: MoveWorld,
  moving: Moving,
  kind: string,
  stand: Stand,
): Promise<'none' | 'held' | 'sent'> {
  const item = kind === 'send' ? await table.get(dispatchOf(moving, stand)) : undefined
  if (item === undefined) return 'none'
  const { state } = readDispatch(item)
  if (state === 'held') return state
  return state === 'skipped' || state === 'refused' ? 'none' : 'sent'
}

function dispatchOf({ enrolment, run }: Moving, { step = '', rounds }: Stand): Key {
  const doing = { enrolment: enrolment.id, run: run.run, step, occurrence: [...rounds] }
  return dispatchKey(enrolment.customer, idOfStep('dispatch', doing))
}

/** What was put off is decided afresh by the new run. */
function withdrawal(moving: Moving, stand: Stand): Write {
  const detail = `moved to version ${moving.target.version.version}`
  return {
    set: dispatchOf(moving, stand),
    attributes: { state: 'skipped', detail },
    when: { attributeIs: ['state', 'held'] },
  }
}

async function openWait({ table }: MoveWorld, { enrolment, run }: Moving): Promise<Key | undefined> {
  if (run.wait === undefined) return undefined
  const key = waitKey(enrolment.customer, enrolment.id, run.wait.step)
  const row = await table.get(key)
  return row === undefined || row.outcome !== undefined ? undefined : key
}

type Place = Extract<Destination, { kind: 'move' }>

function nextRun({ run, target, now }: Moving, { rounds }: Stand, { step, after, until, awaits }: Place): OpenRun {
  const { wait: _, ...open } = run
  const { steps } = target.version.content.document
  const last: LastStep = {
    at: now,
    step,
    ...(until === undefined || awaits ? {} : { until }),
    ...(after ? {} : { toCome: true }),
    ...(rounds.length === 0 ? {} : { rounds }),
  }
  const endsBy = latestEnd(steps, Math.max(now, until ?? 0))
  return { ...open, version: target.version.version, run: run.run + 1, endsBy, last }
}

function enrolmentWrite(moving: Moving, stand: Stand, place: Place): Write {
  const { enrolment, profile, run, target, now } = moving
  const { steps } = target.version.content.document
  const splits = { ...drawSplits(profile.id, steps), ...enrolment.splits }
  return {
    set: enrolmentKey(enrolment.customer, enrolment.id),
    attributes: {
      version: target.version.version,
      run: run.run + 1,
      starting: run.run + 1,
      state: 'pending',
      machine: target.machine,
      seen: profile.version + 1,
      endsBy: nextRun(moving, stand, place).endsBy,
      move: movement(now, stand, place),
      alarm: null,
      ...(Object.keys(splits).length === 0 ? {} : { splits }),
      ...dueKeys(enrolment.customer, now + PICK_UP_AFTER),
    },
    when: { attributeIs: ['run', run.run] },
  }
}

function movement(now: number, { since, rounds }: Stand, { step, after, until, awaits }: Place): Enrolment['move'] {
  // Somebody whose turn has not come yet stands at the beginning from then on.
  const from = awaits ? now : Math.max(now, since, until ?? 0)
  return {
    to: `${after ? 'after' : 'to'} ${step}`,
    from: new Date(from).toISOString(),
    ...(awaits && until !== undefined ? { seconds: Math.max(1, Math.ceil((until - now) / 1_000)) } : {}),
    ...(rounds.length === 0 ? {} : { rounds: [...rounds] }),
  }
}
