import { readFileSync } from 'node:fs'
import { text as readAll } from 'node:stream/consumers'
import { styleText } from 'node:util'
import { type Command, Option } from 'commander'
import { InvalidInput } from '#shared/errors/errors.ts'
import type { Acceptance } from '#shared/recording/accept-events.ts'
import { type Attributes, collectAttribute } from '../attributes.ts'
import { connect } from '../client.ts'
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
    .action(async (file: string | undefined, flags: Flags, command: Command) => {
      if ((file === undefined) === (flags.type === undefined))
        command.error('error: name a file, "-" for standard input, or an event with --type', { exitCode: 2 })
      const batch = file === undefined ? [eventOf(flags)] : parseEvents(await readText(file), file)
      const answer = await sendAll(command, batch)
      show(answer, flags, () => acceptanceText(answer, batch))
      if (answer.rejected > 0) process.exitCode = 1
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

async function sendAll(command: Command, events: readonly unknown[]): Promise<Answer> {
  const client = connect(command)
  const answers: Answer[] = []
  for (let at = 0; at < events.length; at += BATCH)
    answers.push(await client.post<Answer>('/v1/events', { events: events.slice(at, at + BATCH) }))
  return {
    accepted: answers.reduce((sum, { accepted }) => sum + accepted, 0),
    rejected: answers.reduce((sum, { rejected }) => sum + rejected, 0),
    events: answers.flatMap((answer) => answer.events),
  }
}

function acceptanceText({ accepted, rejected, events }: Answer, sent: readonly unknown[]): string {
  const lines = events.map((event, index) => {
    const name = onOneLine(typeOf(sent[index]) ?? `event ${index + 1}`)
    if (event.status === 'rejected') return `${styleText('red', '✗')} ${name}  rejected: ${onOneLine(event.reason)}`
    const note = event.note === undefined ? '' : `\n  ${styleText('yellow', event.note)}`
    return `${styleText('green', '✓')} ${name}  accepted  ${styleText('dim', event.id)}${note}`
  })
  return events.length === 1 ? lines.join('') : [...lines, `${accepted} accepted, ${rejected} rejected`].join('\n')
}

function typeOf(event: unknown): string | undefined {
  const { type } = (event ?? {}) as { type?: unknown } // anything but nothing may be looked at
  return typeof type === 'string' ? type : undefined
}
