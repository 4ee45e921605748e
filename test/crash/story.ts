import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isNamed } from '#shared/errors/errors.ts'
import { acceptEvents } from '#shared/recording/doors/accept-events.ts'
import type { World } from '#shared/world/world.ts'
import { aStage, QUIET, START } from '#test/builders/a-system.ts'
import { System, type SystemOptions } from '../../local/system.ts'
import { FakeProvider, type FakeProviderOptions, NOTHING, type Outside } from './fake-provider.ts'

const MINUTE = 60_000

/** What comes in, and when; told to a system that may die at any moment of it. */
export interface Story {
  readonly name: string
  readonly journeys: Readonly<Record<string, string>>
  readonly segments?: Readonly<Record<string, string>>
  readonly messages: readonly string[]
  readonly brand?: string
  readonly moments: readonly Moment[]
  /** Minutes after the beginning at which all is over, however often something had to be tried again. */
  readonly until: number
  /** Takes the place of the outbox on all channels. */
  readonly provider?: FakeProviderOptions
}

export interface Moment {
  /** Minutes after the beginning. */
  readonly at: number
  readonly events: readonly object[]
  /** The provider reports that what it has taken so far was delivered. */
  readonly feedback?: boolean
  /** What somebody of ours does; whoever has no answer does it again. */
  readonly act?: (world: World) => Promise<void>
}

/** A story's system, as one process of it. */
export interface Telling {
  readonly system: System
  readonly provider: FakeProvider | undefined
}

/** How far a story has been told when its process ends. */
export interface Progress {
  /** The moment that was under way. */
  readonly moment: number
  /** Whether the events of that moment had been accepted: their sender does not send them again. */
  readonly accepted: boolean
}

/** Thousands of commits would wait for a disk, so the files are in memory where that is a folder. */
const MEMORY = '/dev/shm'

/** Data folders: with everything published, and copies of them to run in. */
export class Stages {
  readonly #root = mkdtempSync(join(existsSync(MEMORY) ? MEMORY : tmpdir(), 'crash-'))
  #count = 0

  async publish({
    journeys,
    segments,
    messages,
    brand,
  }: Pick<Story, 'journeys' | 'segments' | 'messages' | 'brand'>): Promise<string> {
    const folder = this.newFolder()
    const { system } = await aStage({ journeys, segments, messages, brand, folder })
    await system.stop()
    return folder
  }

  newFolder(): string {
    return join(this.#root, String(this.#count++))
  }

  copy(folder: string): string {
    const copied = this.newFolder()
    cpSync(folder, copied, { recursive: true })
    return copied
  }

  drop(folder: string): void {
    rmSync(folder, { recursive: true })
  }

  remove(): void {
    rmSync(this.#root, { recursive: true })
  }
}

interface Circumstances {
  /** What the provider has seen before. */
  readonly outside?: Outside | undefined
  /** Minutes that no process was there. */
  readonly downtime?: number | undefined
  readonly wrapWorld?: SystemOptions['wrapWorld']
  readonly worldOf?: SystemOptions['worldOf']
}

/** A process over a data folder in which everything is published. */
export function open({ provider: options }: Story, folder: string, circumstances: Circumstances = {}): Telling {
  const { provider, ...rest } = optionsOf(options, circumstances)
  const now = START + (circumstances.downtime ?? 0) * MINUTE
  const system = new System({ folder, publicUrl: 'http://127.0.0.1:4700', realNow: () => now, log: QUIET, ...rest })
  system.startStepped()
  return { system, provider }
}

/** A process that keeps everything in memory. */
export async function stage(
  { journeys, segments, messages, brand, provider: options }: Story,
  circumstances: Circumstances = {},
): Promise<Telling> {
  const { provider, ...rest } = optionsOf(options, circumstances)
  const { system } = await aStage({ journeys, segments, messages, brand, ...rest })
  return { system, provider }
}

function optionsOf(options: FakeProviderOptions | undefined, { outside = NOTHING, wrapWorld, worldOf }: Circumstances) {
  const provider = options === undefined ? undefined : new FakeProvider(options, outside)
  const providers = provider === undefined ? undefined : { email: provider, sms: provider, push: provider }
  return { provider, providers, wrapWorld, worldOf }
}

/** Tells the story from where it was to its end. @param reached is told how far it has come. */
export async function tell(
  { moments, until }: Story,
  { system, provider }: Telling,
  { moment: from, accepted }: Progress = { moment: 0, accepted: false },
  reached: (progress: Progress) => void = () => {},
): Promise<void> {
  for (const [moment, { at, events, feedback, act }] of moments.entries()) {
    if (moment < from) continue
    await advanceTo(system, at)
    reached({ moment, accepted: false })
    if (events.length > 0 && !(accepted && moment === from)) await insist(() => send(system.world, events))
    if (act !== undefined && !(accepted && moment === from)) await insist(() => act(system.world))
    if (feedback === true) await insist(async () => provider?.report(system.world))
    reached({ moment, accepted: true })
    await system.clock.advance(0)
  }
  await advanceTo(system, until)
}

async function send(world: World, events: readonly object[]): Promise<void> {
  const answers = await acceptEvents(world, events)
  if (answers.some(({ status }) => status !== 'accepted')) throw new Error(JSON.stringify(answers))
}

/** As whoever stands before our doors does: what was not answered is tried again. */
async function insist(act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (!isNamed(error, 'Unavailable')) throw error
    await insist(act)
  }
}

async function advanceTo({ clock }: System, minutes: number): Promise<void> {
  await clock.advance(Math.max(0, START + minutes * MINUTE - clock.now()))
}
