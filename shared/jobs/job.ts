import { Impossible } from '../errors/errors.ts'
import { dueKeys, NOT_DUE } from '../time/due.ts'
import type { Item, Json, Key, Write } from '../world/table.ts'
import type { World } from '../world/world.ts'

/** Work on many customers, done a page at a time in several shards, each of which goes on from where it came to. */
export interface Job {
  /** Which work it is: a key of what `workJob` is given. */
  readonly kind: string
  /** Unique within its kind: a job that has been begun is not begun again. */
  readonly name: string
  readonly input: Json
  readonly shards: number
  /** Nothing is done before (epoch ms). */
  readonly dueAt: number
}

/** One shard of a job, as far as it has come. */
export interface JobShard {
  readonly kind: string
  readonly name: string
  readonly shard: number
  readonly input: Json
  /** As the page before returned it; absent before the first. */
  readonly cursor?: string
  /** Customers worked on so far. */
  readonly handled: number
  readonly state: 'open' | 'done'
}

export interface PageDone {
  readonly handled: number
  /** Absent when this was the last page. */
  readonly cursor?: string | undefined
  /** The next page waits until then. */
  readonly notBefore?: number | undefined
}

/** Does one page. It may be done twice after a crash, so doing it again must change nothing. */
export type PageWork = (shard: JobShard) => Promise<PageDone>

/** A worker that died is followed by another after so long. */
const LEASE = 120_000

/** A job that is done is remembered for so long, so that the same is not begun again. */
const KEPT_SECONDS = 90 * 86_400

export function jobKey({ kind, name }: Pick<Job, 'kind' | 'name'>, shard: number): Key {
  return { pk: `B#${kind}#${name}#${shard}`, sk: 'JOB' }
}

export interface JobProgress {
  readonly handled: number
  readonly shardsDone: number
  readonly shards: number
}

/** How far a job has come; undefined when it was never begun, or has been forgotten. */
export async function jobProgress(
  { table }: Pick<World, 'table'>,
  job: Pick<Job, 'kind' | 'name' | 'shards'>,
): Promise<JobProgress | undefined> {
  const keys = Array.from({ length: job.shards }, (_, shard) => jobKey(job, shard))
  const rows = (await table.getMany(keys)).filter((row) => row !== undefined)
  if (rows.length === 0) return undefined
  return {
    handled: rows.reduce((sum, { handled }) => sum + Number(handled), 0),
    shardsDone: rows.filter(({ state }) => state === 'done').length,
    shards: rows.length,
  }
}

/** The rows of a new job, one a shard. */
export function beginJob({ kind, name, input, shards, dueAt }: Job): readonly Write[] {
  return Array.from({ length: shards }, (_, shard): Write => {
    const key = jobKey({ kind, name }, shard)
    const row = { ...key, kind, name, shard, input, handled: 0, page: 0, state: 'open', ...dueKeys(key.pk, dueAt) }
    return { put: row, when: 'absent' }
  })
}

/**
 * Works on a due shard, page after page, until it is done, has to wait, or `untilAt` has come.
 * @param item the shard's row as it was just read
 */
export async function workJob(
  world: Pick<World, 'table' | 'clock'>,
  item: Item,
  works: Readonly<Record<string, PageWork>>,
  untilAt: number,
): Promise<void> {
  const { page, ...shard } = item as Item & JobShard & { readonly page: number }
  const work = works[shard.kind]
  if (work === undefined) throw new Impossible('job.unknown-kind', `Nothing here works on jobs of kind ${shard.kind}.`)
  if (shard.state !== 'open') return
  let at = page
  let place: JobShard = shard
  do {
    if (!(await moveOn(world, item, at, dueKeys(item.pk, world.clock.now() + LEASE)))) return
    const done = await work(place)
    place = {
      ...place,
      handled: place.handled + done.handled,
      ...(done.cursor === undefined ? {} : { cursor: done.cursor }),
    }
    at += 1
    if (done.cursor === undefined) return finish(world, item, at, place.handled)
    const notBefore = done.notBefore ?? 0
    const waits = notBefore > world.clock.now()
    const due = dueKeys(item.pk, Math.max(notBefore, world.clock.now()))
    if (!(await moveOn(world, item, at, { ...due, cursor: done.cursor, handled: place.handled })) || waits) return
    at += 1
  } while (world.clock.now() < untilAt)
}

/** @returns false when another worker has moved it on meanwhile. */
async function moveOn(
  { table }: Pick<World, 'table'>,
  { pk, sk }: Item,
  page: number,
  attributes: Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const when = { attributeIs: ['page', page] } as const
  return (await table.write([{ set: { pk, sk }, attributes: { ...attributes, page: page + 1 }, when }])).committed
}

async function finish(world: Pick<World, 'table' | 'clock'>, item: Item, page: number, handled: number): Promise<void> {
  const expiresAt = Math.floor(world.clock.now() / 1_000) + KEPT_SECONDS
  await moveOn(world, item, page, { ...NOT_DUE, cursor: null, handled, state: 'done', expiresAt })
}
