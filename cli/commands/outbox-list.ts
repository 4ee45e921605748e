import type { Command } from 'commander'
import { connect } from '../client.ts'
import { moment } from '../moment.ts'
import { type OutboxMessage, previewOf } from '../outbox-message.ts'
import { exampleOf, jsonOption, outputWidth, show } from '../output.ts'
import { table } from '../table.ts'

interface Flags {
  readonly limit?: string
  readonly channel?: string
  readonly to?: string
  readonly customer?: string
  readonly json?: boolean
}

interface Answer {
  readonly messages: readonly OutboxMessage[]
}

export function outboxList(outbox: Command): void {
  outbox
    .command('list')
    .description('list the messages that went out, newest first')
    .option('--limit <number>', 'at most so many')
    .option('--channel <name>', 'only by this channel')
    .option('--to <address>', 'only to this address')
    .option('--customer <id>', 'only to this customer')
    .addOption(jsonOption())
    .addHelpText('after', exampleOf('outbox list --channel email'))
    .action(async ({ json, ...query }: Flags, command: Command) => {
      show(await connect(command).get<Answer>('/local/outbox', query), { json: json === true }, listText)
    })
}

function listText({ messages }: Answer): string {
  if (messages.length === 0) return 'No messages.'
  return table(
    [
      { title: 'message', of: ({ id }) => id, isWhole: true },
      { title: 'sent', of: ({ at }) => moment(at), isWhole: true },
      { title: 'channel', of: ({ channel }) => channel },
      { title: 'to', of: ({ to }) => to },
      { title: 'what', of: previewOf },
    ],
    messages,
    outputWidth(),
  )
}
