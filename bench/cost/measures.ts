import { join } from 'node:path'
import { readBrandFiles } from '#local/brand-files.ts'
import { describeProblem } from '#shared/documents/document.ts'
import { type BrandFolder, type Files, readBrandFolder } from '#shared/journeys/folder/brand-folder.ts'
import { parseDuration } from '#shared/time/duration.ts'
import { aBrandFile, aMessageFolder } from '#test/builders/a-system.ts'
import { type Event, hers, knownBefore } from './people.ts'
import type { Story } from './stories.ts'
import { isOurs } from './usage.ts'
import { openWatched, type Watched, type WatchedStage } from './watched.ts'

/** As many as make what is read once for all of them small. */
const CUSTOMERS = 20

/** Something that was watched, and how often it happened. */
export interface Measured {
  readonly watched: Watched
  readonly count: number
}

export interface MeasuredJourney extends Measured {
  readonly journey: string
  /** Messages to each customer. */
  readonly sent: number
  /** How long it took in the story (days). */
  readonly days: number
}

const KAFFI = join(import.meta.dirname, '../../examples/kaffi')

/** The whole example brand. */
export function readKaffi(): Promise<BrandFolder> {
  return readFiles(readBrandFiles(KAFFI))
}

/** One email: to each who begins an order, or to all of a segment at once. */
export function readLetter(enter: 'when: order.started, key: order_id' | 'once: "2026-03-11 15:00", segment: danes') {
  return readFiles({
    'brand.yaml': aBrandFile(),
    'segments/danes.yaml': 'segment: danes\nif: { trait: country, is: DK }\n',
    'journeys/letter.yaml': `journey: letter\npurpose: offers\nenter: { ${enter} }\nsteps: [{ send: letter, by: email }]\n`,
    ...aMessageFolder('letter', ['email']),
  })
}

async function readFiles(files: Files): Promise<BrandFolder> {
  const reading = await readBrandFolder(files)
  if (!reading.ok) throw new Error(reading.problems.map(describeProblem).join('\n'))
  return reading.folder
}

export const LETTER: Story = {
  journey: 'letter',
  acts: [(n) => hers(n, 'order.started', { properties: { order_id: `order-${n}` } }), '1 hour'],
}

/** Nobody does anything: it goes out by itself. */
export const BROADCAST: Story = { journey: 'letter', acts: ['1 day'] }

const ROUNDS = 5

/** Touchpoints of customers who are known, each with the time at which it happened. */
export async function measureTouchpoints(dynamoDb: string, folder: BrandFolder): Promise<Measured> {
  return withStage(dynamoDb, folder, async (stage) => {
    const views = async (from: number): Promise<void> => {
      for (let at = from; at < from + ROUNDS; at += 1) await everybody(stage, (n) => view(n, at))
    }
    // Whatever is read once is read now, and what becomes faster has become so.
    await views(0)
    return { watched: await stage.watch(() => views(ROUNDS)), count: ROUNDS * CUSTOMERS }
  })
}

function view(n: number, at: number): Event {
  return hers(n, 'product.viewed', { id: `viewed-${n}-${at}`, properties: { product: 'flat-white', price: 4.5 } })
}

/** What a touchpoint takes of a processor, for each call to AWS that is made for it. */
export function cpuPerCall({ watched: { calls, cpuSeconds } }: Measured): number {
  return cpuSeconds / calls.filter(isOurs).length
}

export async function measureJourney(
  dynamoDb: string,
  folder: BrandFolder,
  story: Story,
  customers = CUSTOMERS,
): Promise<MeasuredJourney> {
  const work = async (stage: WatchedStage): Promise<MeasuredJourney> => {
    const start = stage.system.clock.now()
    const watched = await stage.watch(async () => {
      for (const act of story.acts)
        if (typeof act === 'string') await stage.advance(act)
        else await everybody(stage, (n) => act(n, start), customers)
    })
    const sent = stage.messages().length / customers
    const days = story.acts.reduce((sum, act) => sum + (typeof act === 'string' ? daysIn(act) : 0), 0)
    return { journey: story.journey, watched, count: customers, sent, days }
  }
  return withStage(dynamoDb, folder, work, customers)
}

function daysIn(duration: string): number {
  return (parseDuration(duration) ?? 0) / 86_400_000
}

/** A day on which nobody does anything: what it takes to look. */
export async function measureDays(dynamoDb: string, folder: BrandFolder): Promise<Measured> {
  const count = 3
  return withStage(dynamoDb, folder, async (stage) => ({
    watched: await stage.watch(() => stage.advance(`${count} days`)),
    count,
  }))
}

async function withStage<Result>(
  dynamoDb: string,
  folder: BrandFolder,
  work: (stage: WatchedStage) => Promise<Result>,
  customers = CUSTOMERS,
): Promise<Result> {
  const stage = await openWatched(dynamoDb, folder)
  try {
    await everybody(stage, knownBefore, customers)
    // What publishing begins has come to its end by then.
    await stage.advance('1 day')
    return await work(stage)
  } finally {
    await stage.close()
  }
}

/** Apps say when something happened; the SDKs of Segment always do. */
async function everybody(stage: WatchedStage, event: (n: number) => Event, customers = CUSTOMERS): Promise<void> {
  const occurredAt = new Date(stage.system.clock.now()).toISOString()
  await stage.receive(...Array.from({ length: customers }, (_, n) => ({ occurredAt, ...event(n) })))
}
