import { createHash } from 'node:crypto'
import { type Feedback, feedbackId, known, trackedTags } from '#shared/channels/feedback.ts'
import type { Delivery, Outgoing, Provider } from '#shared/world/provider.ts'
import type { Clock } from '#shared/world/world.ts'
import type { Database } from './database.ts'

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS outbox (
    id TEXT PRIMARY KEY, at INTEGER NOT NULL, channel TEXT NOT NULL, recipient TEXT NOT NULL, customer TEXT NOT NULL,
    dispatch TEXT NOT NULL, content TEXT NOT NULL, tags TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS outbox_by_channel ON outbox (channel);
  CREATE INDEX IF NOT EXISTS outbox_by_recipient ON outbox (recipient);
  CREATE INDEX IF NOT EXISTS outbox_by_customer ON outbox (customer);
`

/** A message as its reader has it before her. */
export interface OutboxMessage {
  readonly id: string
  /** When it arrived (epoch ms). */
  readonly at: number
  readonly channel: string
  readonly to: string
  readonly customer: string
  readonly dispatch: string
  readonly content: Outgoing['content']
  readonly tags: Outgoing['tags']
}

interface Row {
  readonly id: string
  readonly at: number
  readonly channel: string
  readonly recipient: string
  readonly customer: string
  readonly dispatch: string
  readonly content: string
  readonly tags: string
}

export interface OutboxQuery {
  readonly limit?: number | undefined
  readonly channel?: string | undefined
  readonly to?: string | undefined
  readonly customer?: string | undefined
  /** Only what arrived before the message with this id. */
  readonly before?: string | undefined
}

/** Where messages arrive on one machine: the provider of each channel and the inbox of everybody, in one. */
export class Outbox {
  readonly #database: Database
  readonly #clock: Clock
  readonly #listeners = new Set<(message: OutboxMessage) => void>()

  constructor({ database, clock }: { readonly database: Database; readonly clock: Clock }) {
    database.prepareSchema(SCHEMA)
    this.#database = database
    this.#clock = clock
  }

  /** The same dispatch again leaves the message as it is, and gets the same answer. */
  providerFor(channel: string): Provider {
    return { name: `outbox-${channel}`, idempotency: 'key', deliver: (message) => this.#deliver(message) }
  }

  /** Newest first. */
  list({ limit = 50, before, channel, to, customer }: OutboxQuery = {}): readonly OutboxMessage[] {
    const wanted = Object.entries({ channel, recipient: to, customer }).filter(([, value]) => value !== undefined)
    const conditions = wanted.map(([column]) => `${column} = ?`)
    if (before !== undefined) conditions.push('rowid < (SELECT rowid FROM outbox WHERE id = ?)')
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`
    // Rows are numbered as they come in, and every index ends with that number: no sorting.
    const rows = this.#database.statement(`SELECT * FROM outbox ${where} ORDER BY rowid DESC LIMIT ?`)
    const values = [...wanted.map(([, value]) => String(value)), ...(before === undefined ? [] : [before]), limit]
    return (rows.all(...values) as unknown as Row[]).map(readRow) // the columns are those of Row
  }

  get(id: string): OutboxMessage | undefined {
    const row = this.#database.statement('SELECT * FROM outbox WHERE id = ?').get(id)
    return row === undefined ? undefined : readRow(row as unknown as Row)
  }

  count(): number {
    return Number(this.#database.statement('SELECT COUNT(*) AS count FROM outbox').get()?.count)
  }

  countsByChannel(): Readonly<Record<string, number>> {
    const rows = this.#database.statement('SELECT channel, COUNT(*) AS count FROM outbox GROUP BY channel').all()
    return Object.fromEntries(rows.map(({ channel, count }) => [String(channel), Number(count)]))
  }

  /** Called for each message once it is on disk. */
  onMessage(listener: (message: OutboxMessage) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async #deliver({ channel, dispatch, customer, to, content, tags }: Outgoing): Promise<Delivery> {
    const id = `msg_${createHash('sha256').update(dispatch).digest('base64url').slice(0, 22)}`
    const message: OutboxMessage = { id, at: this.#clock.now(), channel, to, customer, dispatch, content, tags }
    const isNew = await this.#database.commit(() => {
      const insert = this.#database.statement(
        'INSERT OR IGNORE INTO outbox (id, at, channel, recipient, customer, dispatch, content, tags) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      )
      return (
        insert.run(id, message.at, channel, to, customer, dispatch, JSON.stringify(content), JSON.stringify(tags))
          .changes === 1
      )
    })
    if (isNew) for (const listener of this.#listeners) listener(message)
    return { outcome: 'accepted', providerId: id, delivered: true }
  }
}

function readRow({ recipient, content, tags, ...row }: Row): OutboxMessage {
  return {
    ...row,
    to: recipient,
    content: JSON.parse(content) as OutboxMessage['content'],
    tags: JSON.parse(tags) as OutboxMessage['tags'],
  }
}

export type OutboxFeedback = 'delivered' | 'opened' | 'clicked' | 'bounced' | 'complained' | 'answered'

interface FeedbackDetails {
  readonly now: number
  readonly link?: string | undefined
  /** Whether a bounce is for good; it is, unless told otherwise. */
  readonly permanent?: boolean | undefined
  readonly text?: string | undefined
}

/** What she does with a message, as the touchpoint that her provider would report: the same thing again is the same one. */
export function feedbackFrom(
  message: OutboxMessage,
  what: OutboxFeedback,
  { now, link, permanent = true, text = '' }: FeedbackDetails,
): Feedback {
  const { id, channel, content, customer, dispatch, tags } = message
  const particulars: Partial<Record<OutboxFeedback, Feedback['properties']>> = {
    clicked: known({ link }),
    bounced: { permanent },
    answered: known({ text, subject: typeof content.subject === 'string' ? `Re: ${content.subject}` : undefined }),
  }
  return {
    // She may answer with the same words twice, and mean it twice.
    id: what === 'answered' ? feedbackId(id, what, text, String(now)) : feedbackId(id, what, link ?? ''),
    type: `message.${what}`,
    occurredAt: new Date(now).toISOString(),
    channel,
    direction: 'in',
    identifiers: identifiersOf(message),
    properties: { ...trackedTags(tags), dispatch, customer, messageId: id, ...particulars[what] },
  }
}

/** What a provider knows of her: the address it wrote to, or only what we told it. */
function identifiersOf({ to, customer }: OutboxMessage): Feedback['identifiers'] {
  if (/^\+\d+$/.test(to)) return { phone: to }
  return /^\S+@\S+$/.test(to) ? { email: to } : { customerId: customer }
}
