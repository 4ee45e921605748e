import type { SQSEvent } from 'aws-lambda'
import { describeError, messageOf } from '#shared/errors/errors.ts'
import { BUS_LIMITS, type Bus, type BusEvent, type PublishResult } from '#shared/world/bus.ts'
import type { Log } from '#shared/world/world.ts'
import type { Activity } from './activity.ts'
import type { LocalClock, Sleeper } from './clock.ts'
import type { Database } from './database.ts'

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS queued (
    id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, body TEXT NOT NULL, sent_at INTEGER NOT NULL,
    visible_at INTEGER NOT NULL, receives INTEGER NOT NULL DEFAULT 0
  );
  CREATE INDEX IF NOT EXISTS queued_by_time ON queued (queue, visible_at, id);
`

/** What takes the messages of a queue, as Lambda would. */
export interface Consumer {
  readonly queue: string
  readonly batchSize: number
  /** Answers the ids of the messages that failed; throws when all of them did. */
  handle(event: SQSEvent): Promise<readonly string[]>
  /** A message that failed this often, with the last error. */
  giveUp(
    message: { readonly messageId: string; readonly body: string; readonly sentAt: number },
    reason: string,
  ): Promise<void>
}

interface Row {
  readonly id: number
  readonly body: string
  readonly sent_at: number
  readonly receives: number
}

const MOST_RECEIVES = 5
const FIRST_DELAY = 1_000
const LONGEST_DELAY = 15 * 60_000

/** Durable queues, one for each function that listens to the bus; delivered at least once, in no promised order. */
export class LocalQueues implements Bus, Sleeper {
  readonly #database: Database
  readonly #clock: LocalClock
  readonly #activity: Activity
  readonly #log: Log
  readonly #nextId: () => string
  readonly #consumers: Consumer[] = []
  readonly #busy = new Set<string>()
  #stopped = false

  constructor(options: {
    readonly database: Database
    readonly clock: LocalClock
    readonly activity: Activity
    readonly log: Log
    readonly nextId: () => string
  }) {
    options.database.prepareSchema(SCHEMA)
    this.#database = options.database
    this.#clock = options.clock
    this.#activity = options.activity
    this.#log = options.log
    this.#nextId = options.nextId
  }

  /** To be called for all consumers before the clock starts. */
  consume(consumer: Consumer): void {
    this.#consumers.push(consumer)
  }

  async publish(events: readonly BusEvent[]): Promise<readonly PublishResult[]> {
    const now = this.#clock.now()
    const messages = events.map((event) => toMessage(event, this.#nextId(), now))
    const accepted = messages.filter(({ tooLarge }) => !tooLarge)
    this.#activity.begin()
    try {
      await this.#database.commit(() => {
        for (const { queue } of this.#consumers)
          for (const { body } of accepted)
            this.#database
              .statement('INSERT INTO queued (queue, body, sent_at, visible_at) VALUES (?, ?, ?, ?)')
              .run(queue, body, now, now)
      })
      this.wake(now)
    } finally {
      this.#activity.end()
    }
    return messages.map(({ id, tooLarge }) =>
      tooLarge
        ? { accepted: false, reason: 'An event may have 1 MB; this one is larger.' }
        : { accepted: true, eventId: id },
    )
  }

  /** Messages that wait, whether or not they are due. */
  size(): number {
    return Number(this.#database.statement('SELECT COUNT(*) AS size FROM queued').get()?.size)
  }

  nextWakeAt(): number | undefined {
    const idle = this.#consumers.filter(({ queue }) => !this.#busy.has(queue))
    const times = idle.flatMap(({ queue }) => {
      const row = this.#database.statement('SELECT MIN(visible_at) AS at FROM queued WHERE queue = ?').get(queue)
      return typeof row?.at === 'number' ? [row.at] : []
    })
    return times.length === 0 ? undefined : Math.min(...times)
  }

  wake(now: number): void {
    for (const consumer of this.#consumers) void this.#activity.track(this.#drain(consumer, now))
  }

  /** No new batch is begun; the one under way is finished by its handler or comes again. */
  stop(): void {
    this.#stopped = true
  }

  async #drain(consumer: Consumer, now: number): Promise<void> {
    if (this.#busy.has(consumer.queue)) return
    this.#busy.add(consumer.queue)
    try {
      for (
        let rows = this.#take(consumer, now);
        rows.length > 0 && !this.#stopped;
        rows = this.#take(consumer, this.#clock.now())
      )
        await this.#handle(consumer, rows)
    } catch (error) {
      this.#log.error('a queue could not be read', { queue: consumer.queue, ...describeError(error) })
    } finally {
      this.#busy.delete(consumer.queue)
      if (!this.#stopped) this.#clock.reschedule()
    }
  }

  #take({ queue, batchSize }: Consumer, now: number): readonly Row[] {
    if (this.#stopped) return []
    return this.#database
      .statement(
        'SELECT id, body, sent_at, receives FROM queued WHERE queue = ? AND visible_at <= ? ORDER BY visible_at, id LIMIT ?',
      )
      .all(queue, now, batchSize) as unknown as Row[]
  }

  async #handle(consumer: Consumer, rows: readonly Row[]): Promise<void> {
    let failed: ReadonlySet<string>
    let reason = 'The handler answered that it failed.'
    try {
      failed = new Set(await consumer.handle(toEvent(rows)))
    } catch (error) {
      failed = new Set(rows.map(({ id }) => String(id)))
      reason = messageOf(error)
    }
    const again = rows.filter(({ id }) => failed.has(String(id)))
    const gone = await this.#giveUp(
      consumer,
      again.filter(({ receives }) => receives + 1 >= MOST_RECEIVES),
      reason,
    )
    await this.#settle(rows, new Set(again.filter((row) => !gone.has(row)).map(({ id }) => id)))
  }

  /** Those that are kept as lost now; one that cannot be kept comes again, so that it is not lost for good. */
  async #giveUp(consumer: Consumer, rows: readonly Row[], reason: string): Promise<ReadonlySet<Row>> {
    const gone = new Set<Row>()
    for (const row of rows)
      try {
        await consumer.giveUp({ messageId: String(row.id), body: row.body, sentAt: row.sent_at }, reason)
        gone.add(row)
      } catch (error) {
        this.#log.error('a message could not be given up', {
          queue: consumer.queue,
          id: row.id,
          ...describeError(error),
        })
      }
    return gone
  }

  async #settle(rows: readonly Row[], again: ReadonlySet<number>): Promise<void> {
    const now = this.#clock.now()
    await this.#database.commit(() => {
      for (const { id, receives } of rows)
        if (again.has(id))
          this.#database
            .statement('UPDATE queued SET receives = receives + 1, visible_at = ? WHERE id = ?')
            .run(now + Math.min(FIRST_DELAY * 2 ** receives, LONGEST_DELAY), id)
        else this.#database.statement('DELETE FROM queued WHERE id = ?').run(id)
    })
  }
}

/** As EventBridge wraps it for its targets. */
function toMessage(
  { source, detailType, detail, time }: BusEvent,
  id: string,
  now: number,
): { id: string; body: string; tooLarge: boolean } {
  const envelope = {
    version: '0',
    id,
    'detail-type': detailType,
    source,
    time: new Date(time ?? now).toISOString(),
    resources: [],
    detail,
  }
  const body = JSON.stringify(envelope)
  return { id, body, tooLarge: body.length > BUS_LIMITS.eventBytes || Buffer.byteLength(body) > BUS_LIMITS.eventBytes }
}

function toEvent(rows: readonly Row[]): SQSEvent {
  const Records = rows.map(({ id, body, sent_at, receives }) => ({
    messageId: String(id),
    body,
    attributes: { SentTimestamp: String(sent_at), ApproximateReceiveCount: String(receives + 1) },
  }))
  // Only what our handlers read of a record; the rest of SQS's envelope means nothing here.
  return { Records } as unknown as SQSEvent
}
