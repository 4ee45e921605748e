import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { guardedHttp } from '#functions/kit/guarded-http.ts'
import { sortableIds } from '#functions/kit/sortable-ids.ts'
import { CHANNEL_NAMES } from '#shared/channels/senders.ts'
import { addDeadLetters } from '#shared/recording/doors/dead-letters.ts'
import type { Swept } from '#shared/recording/due/sweep-due.ts'
import type { Provider } from '#shared/world/provider.ts'
import type { Json, Table } from '#shared/world/table.ts'
import type { Log, World } from '#shared/world/world.ts'
import { Activity } from './activity.ts'
import { ChangeLog } from './change-log.ts'
import { ChangesReader } from './changes-reader.ts'
import { LocalClock } from './clock.ts'
import { Database } from './database.ts'
import { DueSweeper } from './due-sweeper.ts'
import { functions } from './functions.ts'
import { fileLog } from './log.ts'
import { LocalMachines, type LocalMachinesOptions } from './machines/local-machines.ts'
import type { Call } from './machines/position.ts'
import { Outbox } from './outbox.ts'
import { LocalQueues } from './queues.ts'
import { localSecrets } from './secrets.ts'
import { Settings } from './settings.ts'
import { LocalTable } from './table.ts'
import { tellingDue } from './telling-due.ts'

export interface SystemOptions {
  /** The data folder; absent keeps everything in memory, for tests. */
  readonly folder?: string | undefined
  readonly publicUrl: string
  /** Providers that take the outbox's place, by channel. */
  readonly providers?: Readonly<Record<string, Provider>> | undefined
  /** Lets webhooks call this machine itself, without TLS: for development. */
  readonly localWebhooks?: boolean | undefined
  /** Stands still between steps; absent takes the machine's time. */
  readonly realNow?: (() => number) | undefined
  /** Goes round the table that the functions see, for counting and for breaking things. */
  readonly wrapWorld?: ((world: World) => World) | undefined
  /** The world as one function has it, asked at every run of it; all have the same, unless told otherwise. */
  readonly worldOf?: ((functionName: string, world: World) => World) | undefined
  readonly log?: Log | undefined
  /** Sees every state that a machine enters and leaves. */
  readonly observe?: LocalMachinesOptions['observe']
  /** Goes round every task of a machine, which `run` does in the world it is given. */
  readonly aroundTask?: (call: Call, world: World, run: (world: World) => Promise<Json>) => Promise<Json>
}

/** What the parts of the embedded world have in common. */
interface Shared {
  readonly database: Database
  readonly clock: LocalClock
  readonly activity: Activity
  readonly log: Log
}

/** A sweep gives way to everything else after so long (ms), and goes on when that is done. */
const SWEEP_TURN = 200

/** The whole of Throughline in one process: the same functions as on AWS, in the embedded world. */
export class System {
  readonly world: World
  readonly clock: LocalClock
  readonly activity = new Activity()
  readonly changes: ChangeLog
  readonly machines: LocalMachines
  readonly queues: LocalQueues
  readonly outbox: Outbox
  readonly token: string
  readonly #database: Database
  readonly #reader: ChangesReader
  readonly #worldOf: NonNullable<SystemOptions['worldOf']>

  constructor(options: SystemOptions) {
    const { folder } = options
    if (folder !== undefined) mkdirSync(folder, { recursive: true, mode: 0o700 })
    this.#database = new Database(folder === undefined ? ':memory:' : join(folder, 'throughline.db'))
    const settings = new Settings(this.#database)
    this.clock = new LocalClock({
      activity: this.activity,
      offset: settings.number('clock-offset') ?? 0,
      saveOffset: (offset) => settings.save('clock-offset', offset),
      ...(options.realNow === undefined ? {} : { realNow: options.realNow }),
    })
    const now = (): number => this.clock.now()
    const log = options.log ?? fileLog(join(folder ?? '.', 'throughline.log'), now)
    const database = this.#database
    const { clock, activity } = this
    const shared = { database, clock, activity, log }
    this.changes = new ChangeLog(database, functions.countChanges.manifest.trigger.sortKeys)
    const table: Table = tellingDue(new LocalTable(database, this.changes, now), (at) => clock.expect(at))
    this.queues = new LocalQueues({ ...shared, nextId: () => this.world.ids.next() })
    this.outbox = new Outbox({ database, clock })
    this.machines = this.#makeMachines(options, shared)
    const { secrets, token } = localSecrets(folder)
    this.token = token
    const world: World = {
      table,
      bus: this.queues,
      machines: this.machines,
      providers: { ...outboxProviders(this.outbox), ...options.providers },
      http: guardedHttp({ allowLoopback: options.localWebhooks === true }),
      clock,
      ids: sortableIds(now),
      secrets,
      log,
      settings: { publicUrl: options.publicUrl },
    }
    this.world = options.wrapWorld?.(world) ?? world
    this.#worldOf = options.worldOf ?? ((_, shared) => shared)
    this.#reader = this.#connect(shared)
  }

  #makeMachines({ aroundTask, observe }: SystemOptions, shared: Shared): LocalMachines {
    return new LocalMachines({
      ...shared,
      invoke: (functionName, payload) => {
        const run = (world: World): Promise<Json> => functions.task(functionName, payload, { world })
        const world = this.#worldOf(functionName, this.world)
        return aroundTask?.({ functionName, payload }, world, run) ?? run(world)
      },
      observe,
    })
  }

  /** Goes on with whatever was under way when the process ended, and takes up new work. */
  start(): void {
    this.machines.recover()
    this.#reader.start()
    this.clock.start()
  }

  /** Goes on with what was under way, but leaves the time to `clock.advance`. */
  startStepped(): void {
    this.machines.recover()
    this.#reader.start()
  }

  async stop(): Promise<void> {
    this.clock.stop()
    this.queues.stop()
    this.#reader.stop()
    await this.activity.whenIdle()
    this.#database.close()
  }

  /** What a function runs in. */
  contextOf(functionName: string): { readonly world: World } {
    return { world: this.#worldOf(functionName, this.world) }
  }

  /** Looks for what is due now, for one turn. */
  sweep(): Promise<Swept> {
    const { manifest, handler } = functions.sweepDue
    return handler(undefined, { ...this.contextOf(manifest.name), turn: SWEEP_TURN })
  }

  #connect(shared: Shared): ChangesReader {
    const { recordTouchpoints, countChanges } = functions
    this.queues.consume({
      queue: recordTouchpoints.manifest.name,
      batchSize: recordTouchpoints.manifest.trigger.batchSize,
      handle: async (event) =>
        (await recordTouchpoints.handler(event, this.contextOf(recordTouchpoints.manifest.name))).batchItemFailures.map(
          ({ itemIdentifier }) => itemIdentifier,
        ),
      giveUp: ({ messageId, body, sentAt }, reason) =>
        addDeadLetters(this.world, [{ id: messageId, receivedAt: sentAt, reason, event: JSON.parse(body) }]),
    })
    const sweeper = new DueSweeper({ ...shared, sweep: () => this.sweep() })
    const reader = new ChangesReader({
      ...shared,
      changes: this.changes,
      name: countChanges.manifest.name,
      batchSize: countChanges.manifest.trigger.batchSize,
      handle: async (changes) => {
        await countChanges.handler({ changes }, this.contextOf(countChanges.manifest.name))
      },
    })
    for (const sleeper of [this.machines, this.queues, sweeper, reader]) this.clock.add(sleeper)
    return reader
  }
}

function outboxProviders(outbox: Outbox): Record<string, Provider> {
  return Object.fromEntries(CHANNEL_NAMES.map((channel) => [channel, outbox.providerFor(channel)]))
}
