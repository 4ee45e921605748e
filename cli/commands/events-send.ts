import { readFileSync } from 'node:fs'
import { text as readAll } from 'node:stream/consumers'
import { styleText } from 'node:util'
import { type Command, Option } from 'commander'
import { InvalidInput } from '#shared/errors/errors.ts'
import type { Acceptance } from '#shared/recording/doors/accept-events.ts'
import { type Attributes, collectAttribute } from '../attributes.ts'
import { type Client, connect } from '../client.ts'
import { onOneLine } from '../display-width.ts'
import { exampleOf, jsonOption, show } from '../output.ts'

interface Flags {
  readonly type?: string
  readonly user?: string
  readonly email?: string
  readonly phone?: string
  readonly card?: string
  readonly channel?: string
  readonly property?: Attributes
  readonly trait?: Attributes
  readonly json?: boolean
}

interface Answer {
  readonly accepted: number
  readonly rejected: number
  readonly events: readonly Acceptance[]
}

/** As many events as one request may bring. */
const BATCH = 100

export function eventsSend(events: Command): void {
  events
    .command('send')
    .description('send events from a file of JSON, from standard input ("-"), or one made of options')
    .argument('[file]', 'one event, a list of events, or { "events": [ … ] }')
    .option('--type <type>', 'what happened, as in order.completed')
    .option('--user <id>', 'her user id')
    .option('--email <address>', 'her email address')
    .option('--phone <number>', 'her phone number')
    .option('--card <number>', 'her loyalty card')
    .option('--channel <name>', 'where it happened, as in app or store')
    .addOption(new Option('--property <name=value>', 'a property of the event (repeat)').argParser(collectAttribute))
    .addOption(new Option('--trait <name=value>', 'a trait of hers (repeat)').argParser(collectAttribute))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      exampleOf('events send --type order.started --user ada --property order_id=o-1 --property total=12.5'),
    )
    .action(async (file: string | undefined, { json, ...event }: Flags, command: Command) => {
      const isOneWay = file === undefined ? event.type !== undefined : Object.keys(event).length === 0
      if (!isOneWay)
        command.error('error: name a file, or "-" for standard input, or make an event with --type', { exitCode: 2 })
      const sent = file === undefined ? [eventOf(event)] : parseEvents(await readText(file), file)
      const rejected = await sendAll(connect(command), sent, json === true)
      if (rejected > 0) process.exitCode = 1
    })
}

function eventOf({ type, user, email, phone, card, channel, property, trait }: Flags): unknown {
  return {
    type,
    channel,
    identifiers: { userId: user, email, phone, loyaltyCard: card },
    properties: property,
    traits: trait,
  }
}

async function readText(file: string): Promise<string> {
  try {
    return file === '-' ? await readAll(process.stdin) : readFileSync(file, 'utf8')
  } catch (cause) {
    throw new InvalidInput('events.no-file', `${file} cannot be read; name a file of JSON, or "-".`, { cause })
  }
}

/** @throws InvalidInput when the text is no JSON. */
export function parseEvents(text: string, file: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text)
    if (Array.isArray(value)) return value
    const isBatch = typeof value === 'object' && value !== null && 'events' in value && Array.isArray(value.events)
    return isBatch ? (value.events as unknown[]) : [value]
  } catch (cause) {
    throw new InvalidInput(
      'events.no-json',
      `${file === '-' ? 'The input' : file} is not JSON: ${(cause as Error).message}.`,
      { cause },
    )
  }
}

/** Prints each batch's answers as they come, so that a failure on the way leaves no doubt about what was accepted. */
async function sendAll(client: Client, sent: readonly unknown[], json: boolean): Promise<number> {
  const sums = { accepted: 0, rejected: 0 }
  for (let at = 0; at < sent.length; at += BATCH) {
    const batch = sent.slice(at, at + BATCH)
    const answer = await client.post<Answer>('/v1/events', { events: batch })
    show(answer, { json }, ({ events }) => events.map((event, index) => acceptanceText(event, batch[index])).join('\n'))
    sums.accepted += answer.accepted
    sums.rejected += answer.rejected
  }
  if (sent.length > 1 && !json) console.log(`${sums.accepted} accepted, ${sums.rejected} rejected`)
  return sums.rejected
}

function acceptanceText(acceptance: Acceptance, sent: unknown): string {
  const name = onOneLine(typeOf(sent) ?? 'an event without a type')
  if (acceptance.status === 'rejected')
    return `${styleText('red', '✗')} ${name}  rejected: ${onOneLine(acceptance.reason)}`
  const line = `${styleText('green', '✓')} ${name}  accepted  ${styleText('dim', acceptance.id)}`
  return acceptance.note === undefined ? line : `${line}\n  ${styleText('yellow', acceptance.note)}`
}

function typeOf(event: unknown): string | undefined {
  const { type } = (event ?? {}) as { type?: unknown } // anything but nothing may be looked at
  return typeof type === 'string' ? type : undefined
}
