import type { Dispatch } from '../dispatches/dispatch-row.ts'
import { livePublished } from '../documents/published.ts'
import { describeEntry } from '../journeys/entries/describe-entry.ts'
import { entryType, STARTED } from '../journeys/entries/entry.ts'
import { type Enrolment, readEnrolment } from '../journeys/runs/enrolment.ts'
import { readDispatches } from '../journeys/runs/message-facts.ts'
import { describeStand, standOf } from '../journeys/runs/stand.ts'
import { kindOf } from '../journeys/steps/catalog.ts'
import { allSteps } from '../journeys/steps/name-steps.ts'
import { journeyVersion, type LiveJourney, liveJourneys } from '../journeys/versions/live.ts'
import type { Profile } from '../profiles/profile.ts'
import { customerPartition } from '../profiles/store.ts'
import type { World } from '../world/world.ts'
import { type EntryAccount, entryAccounts } from './why-entry.ts'
import { type MessageAccount, messageAccount } from './why-message.ts'

type WhyWorld = Pick<World, 'table' | 'clock'>

/** Why a customer got something, or did not. */
export interface Why {
  readonly customer: string
  readonly about: 'journey' | 'message'
  readonly name: string
  /** The answer in a sentence or two. */
  readonly answer: string
  /** The journey itself, or each that sends the message. */
  readonly journeys: readonly JourneyAccount[]
}

export interface JourneyAccount {
  readonly journey: string
  readonly answer: string
  /** What lets customers in. */
  readonly entersBy?: string | undefined
  readonly entries: readonly EntryAccount[]
  readonly runs: readonly RunAccount[]
}

/** One run, with what it sent. */
export interface RunAccount {
  readonly enrolment: string
  /** ISO 8601, UTC. */
  readonly at: string
  readonly text: string
  readonly messages: readonly MessageAccount[]
}

/** @returns undefined when no journey and no message has this name. */
export async function why(world: WhyWorld, profile: Profile, name: string): Promise<Why | undefined> {
  const live = await liveJourneys(world)
  const dispatches = await readDispatches(world.table, profile)
  const known = { profile, live, dispatches, enrolments: await readEnrolments(world, profile) }
  if (live.has(name) || known.enrolments.some(({ journey }) => journey === name)) {
    const account = await journeyAccount(world, known, name)
    return { customer: profile.id, about: 'journey', name, answer: account.answer, journeys: [account] }
  }
  const own = dispatches.filter(({ message }) => message === name)
  if (own.length === 0 && !(await livePublished(world, 'message')).has(name)) return undefined
  const senders = [...live.values()].filter((journey) => sends(journey, name)).map((journey) => journey.name)
  const names = [...new Set([...senders, ...own.map(({ journey }) => journey)])].filter((journey) => journey !== '')
  const about = { ...known, dispatches: own }
  const journeys = await Promise.all(names.map((journey) => journeyAccount(world, about, journey)))
  return { customer: profile.id, about: 'message', name, answer: messageAnswer(name, journeys), journeys }
}

interface Known {
  readonly profile: Profile
  readonly live: ReadonlyMap<string, LiveJourney>
  readonly dispatches: readonly Dispatch[]
  readonly enrolments: readonly Enrolment[]
}

async function journeyAccount(world: WhyWorld, known: Known, name: string): Promise<JourneyAccount> {
  const { profile, live, dispatches } = known
  const journey = live.get(name)
  const enrolments = known.enrolments.filter((one) => one.journey === name)
  const entries = journey === undefined ? [] : await entryAccounts(world, { profile, journey, enrolments })
  const runs = await Promise.all(enrolments.map((one) => runAccount(world, profile, one, dispatches)))
  const enter = journey?.content.document.enter
  return {
    journey: name,
    answer: runs.at(-1)?.text ?? neverEntered(name, journey, entries),
    entersBy: enter === undefined ? undefined : describeEntry(enter),
    entries,
    runs,
  }
}

function neverEntered(name: string, journey: LiveJourney | undefined, entries: readonly EntryAccount[]): string {
  const last = entries.at(-1)
  if (last !== undefined) return `She never entered ${name}: ${last.text}`
  if (journey === undefined) return `She never entered ${name}, which is not live.`
  const { enter } = journey.content.document
  const type = entryType(enter)
  return type === STARTED
    ? `She never entered ${name}: nothing started it for her (${describeEntry(enter)}).`
    : `She never entered ${name}: no ${type} of hers has come.`
}

async function runAccount(
  world: WhyWorld,
  profile: Profile,
  enrolment: Enrolment,
  dispatches: readonly Dispatch[],
): Promise<RunAccount> {
  const sent = dispatches
    .filter((dispatch) => dispatch.enrolment === enrolment.id)
    .sort((a, b) => a.decidedAt - b.decidedAt)
  return {
    enrolment: enrolment.id,
    at: new Date(enrolment.enteredAt).toISOString(),
    text: await runText(world, profile, enrolment),
    messages: await Promise.all(
      sent.map((dispatch) => messageAccount(world, profile, dispatch, enrolment.state === 'ended')),
    ),
  }
}

async function runText(world: WhyWorld, profile: Profile, enrolment: Enrolment): Promise<string> {
  const { journey, version, enteredAt, goalAt } = enrolment
  const entered = `She entered ${journey}, version ${version}, at ${new Date(enteredAt).toISOString()}`
  const goal = goalAt === undefined ? '' : ` She reached its goal at ${new Date(goalAt).toISOString()}.`
  if (enrolment.state === 'ended') return `${entered}, and ${endingOf(enrolment)}.${goal}`
  const place = await placeOf(world, profile, enrolment)
  return `${entered}, and is in it still${place === undefined ? '' : `: ${place}`}.${goal}`
}

async function placeOf(world: WhyWorld, profile: Profile, enrolment: Enrolment): Promise<string | undefined> {
  const run = profile.runs[enrolment.id]
  if (run === undefined) return undefined
  const { steps } = (await journeyVersion(world, enrolment.journey, run.version)).content.document
  const stand = standOf(steps, run, enrolment, world.clock.now())
  const { doing, until, parked } = describeStand(steps, stand, enrolment.splits)
  if (parked) return `the journey is paused, and she stands still at "${doing}"`
  return `it stands at "${doing}"${until === undefined ? '' : `, until ${new Date(until).toISOString()}`}`
}

const ENDINGS: Readonly<Record<string, string>> = {
  completed: 'went through it to its end',
  exited: 'left it, because its exit came',
  failed: 'left it, because a step failed',
  holdout: 'was put in the control group, which gets nothing',
  restarted: 'it started over',
  merged: 'turned out to be somebody who was in it already',
  'not-sent': 'left it, because a message could not be sent',
  expired: 'left it, because it had lasted too long',
}

function endingOf({ reason = 'unknown', detail, endedAt }: Enrolment): string {
  const ending = ENDINGS[reason] ?? `left it: ${reason}`
  const when = endedAt === undefined ? '' : `, at ${new Date(endedAt).toISOString()}`
  return `${ending}${detail === undefined ? '' : ` (${detail})`}${when}`
}

function messageAnswer(name: string, journeys: readonly JourneyAccount[]): string {
  const last = journeys
    .flatMap(({ runs }) => runs.flatMap(({ messages }) => messages))
    .sort((a, b) => (a.at < b.at ? -1 : 1))
    .at(-1)
  if (last !== undefined) return last.text
  if (journeys.length === 0) return `No live journey sends ${name}.`
  return `Nothing has tried to send her ${name}. ${journeys.map(({ answer }) => answer).join(' ')}`
}

function sends({ content }: LiveJourney, message: string): boolean {
  return allSteps(content.document.steps).some((step) =>
    kindOf(step)
      .references(step)
      .some((one) => one.kind === 'message' && one.name === message && step.kind === 'send'),
  )
}

async function readEnrolments({ table }: WhyWorld, { id, aliases }: Profile): Promise<readonly Enrolment[]> {
  const pages = await Promise.all(
    [id, ...aliases].map((home) => table.query({ pk: customerPartition(home), prefix: 'E#', limit: 1_000 })),
  )
  return pages.flatMap(({ items }) => items.map(readEnrolment)).sort((a, b) => a.enteredAt - b.enteredAt)
}
