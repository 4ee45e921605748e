import { describeReasonWithChannel } from '#shared/decisions/decision.ts'
import { zoneOf } from '#shared/decisions/zone.ts'
import { type Dispatch, readDispatch } from '#shared/dispatches/dispatch-row.ts'
import { Impossible } from '#shared/errors/errors.ts'
import type { BrandFolder } from '#shared/journeys/folder/brand-folder.ts'
import type { Journey } from '#shared/journeys/journey.ts'
import { type Enrolment, readEnrolment } from '#shared/journeys/runs/enrolment.ts'
import { kindOf } from '#shared/journeys/steps/catalog.ts'
import { allSteps } from '#shared/journeys/steps/name-steps.ts'
import type { StepBase } from '#shared/journeys/steps/step-kind.ts'
import { type Profile, traitOf } from '#shared/profiles/profile.ts'
import { customerPartition, loadProfile } from '#shared/profiles/store.ts'
import { readTimelineItem } from '#shared/profiles/timeline-row.ts'
import type { Explanation } from '#shared/segments/explain.ts'
import type { Touchpoint } from '#shared/touchpoints/touchpoint.ts'
import type { Item, Json, Table } from '#shared/world/table.ts'
import type { System } from '../system.ts'
import { pathTaken } from './path-taken.ts'
import { type Refusal, refusalOf } from './refusal.ts'
import type { Seen, SeenRun, SeenStep, SeenTouchpoint } from './watch.ts'

/** What a journey would be for one person. Times are ISO 8601, UTC. */
export interface Preview {
  readonly journey: string
  readonly customer: string
  /** What she is called, as far as her traits say. */
  readonly name?: string
  /** Her time zone, or the brand's. */
  readonly zone: string
  readonly entry: {
    readonly at: string
    readonly type: string
    readonly channel: string
    readonly properties: Readonly<Record<string, Json>>
  }
  /** Why she does not enter; absent when she does. */
  readonly refusal?: Refusal
  /** In the order in which they happen. */
  readonly moments: readonly Moment[]
  /** What was left out or taken for granted, in sentences. */
  readonly notes: readonly string[]
}

export type Moment = StepMoment | ActMoment | RunMoment

export interface StepMoment {
  readonly kind: 'step'
  readonly at: string
  /** When she went on; absent where the run ended there. */
  readonly until?: string
  readonly journey: string
  readonly step: string
  readonly does: string
  /** The name of the path that she took inside it. */
  readonly path?: string
  /** What it asked about her. */
  readonly asked: readonly Explanation[]
  /** Addresses that it would have called. */
  readonly calls: readonly string[]
  readonly messages: readonly MessageView[]
}

/** A touchpoint: what she does, or what a step makes. */
export interface ActMoment {
  readonly kind: 'touchpoint'
  readonly at: string
  readonly type: string
  readonly channel: string
  readonly properties: Readonly<Record<string, Json>>
  readonly traits?: Readonly<Record<string, Json>>
}

/** A run began, came to its end, or its goal was reached. */
export interface RunMoment {
  readonly kind: 'entered' | 'ended' | 'goal'
  readonly at: string
  readonly journey: string
  readonly reason: string
}

export interface MessageView {
  readonly message: string
  readonly state: Dispatch['state']
  readonly at: string
  readonly channel?: string
  /** Each gate's answer in a sentence. */
  readonly reasons: readonly string[]
  /** As she reads it. */
  readonly content?: Readonly<Record<string, unknown>>
}

interface Past {
  readonly folder: BrandFolder
  readonly journey: Journey
  readonly customer: string
  /** What was to let her in. */
  readonly touchpoint: Touchpoint
  readonly log: readonly Seen[]
  readonly notes: readonly string[]
  /** False when it was cut short. */
  readonly isWhole: boolean
}

/** Says what was seen in a preview. */
export async function tellPreview({ world, outbox }: System, past: Past): Promise<Preview> {
  const { folder, journey, touchpoint, log } = past
  const profile = await loadProfile(world, past.customer)
  if (profile === undefined) throw new Impossible('preview.nobody', 'The person of a preview is not in its store.')
  const rows = await allRows(world.table, profile)
  const teller = new Teller(folder, log, {
    dispatches: new Map(
      rows.filter(({ sk }) => sk.startsWith('D#')).map((row) => [row.sk.slice(2), readDispatch(row)]),
    ),
    runs: new Map(rows.filter(({ sk }) => sk.startsWith('E#')).map((row) => [row.sk.slice(2), readEnrolment(row)])),
    contents: new Map(outbox.list({ limit: 1_000 }).map(({ dispatch, content }) => [dispatch, content])),
  })
  const name = traitOf(profile, 'firstName')
  const refusal = await refusalOf(world, { journey, profile, touchpoint, rows })
  return {
    journey: journey.journey,
    customer: profile.id,
    ...(typeof name === 'string' ? { name } : {}),
    zone: zoneOf(profile, folder.brand),
    entry: {
      at: iso(touchpoint.occurredAt),
      type: touchpoint.type,
      channel: touchpoint.channel,
      properties: touchpoint.properties,
    },
    ...(refusal === undefined ? {} : { refusal }),
    moments: teller.tell(touchpoint.id),
    notes: past.isWhole ? past.notes : [...past.notes, 'It goes on; the preview ends here.'],
  }
}

async function allRows(table: Table, { id, aliases }: Profile): Promise<readonly Item[]> {
  const rows: Item[] = []
  for (const customer of [id, ...aliases])
    for (const prefix of ['D#', 'E#', 'T#'])
      rows.push(
        ...(await table.query({ pk: customerPartition(customer), prefix, limit: 1_000, order: 'descending' })).items,
      )
  return rows
}

interface Known {
  readonly dispatches: ReadonlyMap<string, Dispatch>
  readonly runs: ReadonlyMap<string, Enrolment>
  readonly contents: ReadonlyMap<string, MessageView['content']>
}

class Teller {
  readonly #steps: ReadonlyMap<string, StepBase>
  readonly #log: readonly Seen[]
  readonly #known: Known

  constructor({ journeys }: BrandFolder, log: readonly Seen[], known: Known) {
    const steps = Object.values(journeys).flatMap(({ journey, steps: list }) =>
      allSteps(list).map((step) => [`${journey}/${step.id}`, step] as const),
    )
    this.#steps = new Map(steps)
    this.#log = log.filter((seen) => seen.kind !== 'step' || this.#stepOf(seen) !== undefined)
    this.#known = known
  }

  tell(entry: string): readonly Moment[] {
    return this.#log.flatMap((seen, index): readonly Moment[] => {
      if (seen.kind === 'touchpoint') return actMoment(seen, entry)
      return seen.kind === 'run' ? this.#runMoment(seen) : this.#stepMoment(seen, index)
    })
  }

  #stepOf({ run, step }: SeenStep): StepBase | undefined {
    return this.#steps.get(`${run.journey}/${step}`)
  }

  #stepMoment(seen: SeenStep, index: number): readonly StepMoment[] {
    const step = this.#stepOf(seen)
    if (step === undefined) return []
    const path = pathTaken(step, seen.output, this.#nextOf(seen, index)?.step)
    return [
      {
        kind: 'step',
        at: iso(seen.at),
        ...(seen.until === undefined ? {} : { until: iso(seen.until) }),
        journey: seen.run.journey,
        step: seen.step,
        does: kindOf(step).describe(step),
        ...(path === undefined ? {} : { path }),
        asked: seen.asked,
        calls: seen.calls,
        messages: [...seen.dispatches].flatMap((id) => this.#message(id)),
      },
    ]
  }

  #nextOf({ run }: SeenStep, index: number): SeenStep | undefined {
    return this.#log
      .slice(index + 1)
      .filter((seen) => seen.kind === 'step')
      .find((seen) => seen.run.enrolment === run.enrolment && seen.run.run === run.run)
  }

  #message(id: string): readonly MessageView[] {
    const dispatch = this.#known.dispatches.get(id)
    if (dispatch === undefined) return []
    const { message, state, channel, because, sentAt, decidedAt } = dispatch
    const content = this.#known.contents.get(id)
    return [
      {
        message,
        state,
        at: iso(sentAt ?? decidedAt),
        ...(channel === undefined ? {} : { channel }),
        reasons: because.map(describeReasonWithChannel),
        ...(content === undefined ? {} : { content }),
      },
    ]
  }

  #runMoment({ at, event, enrolment, row }: SeenRun): readonly RunMoment[] {
    const run = this.#known.runs.get(enrolment)
    const reason = [row.reason, row.detail].filter((part) => typeof part === 'string').join(': ')
    return run === undefined ? [] : [{ kind: event, at: iso(at), journey: run.journey, reason }]
  }
}

function actMoment({ at, row }: SeenTouchpoint, entry: string): readonly ActMoment[] {
  const { id, type, channel, properties, traits } = readTimelineItem(row)
  if (id === entry) return []
  return [{ kind: 'touchpoint', at: iso(at), type, channel, properties, ...(traits === undefined ? {} : { traits }) }]
}

function iso(instant: number): string {
  return new Date(instant).toISOString()
}
