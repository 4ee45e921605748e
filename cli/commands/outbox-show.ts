import type { Command } from 'commander'
import { connect } from '../client.ts'
import { messageText, type OutboxMessage } from '../outbox-message.ts'
import { exampleOf, jsonOption, outputWidth, show } from '../output.ts'

interface Answer {
  readonly message: OutboxMessage
}

export function outboxShow(outbox: Command): void {
  outbox
    .command('show')
    .description('show a message as its reader sees it (an email’s HTML is in the JSON)')
    .argument('<id>')
    .addOption(jsonOption())
    .addHelpText('after', exampleOf('outbox show msg_P2BbVVgUhhz4a0fQ1uhCqA'))
    .action(async (id: string, flags: { json?: boolean }, command: Command) => {
      const answer = await connect(command).get<Answer>(`/local/outbox/${encodeURIComponent(id)}`)
      show(answer, flags, ({ message }) => messageText(message, outputWidth()))
    })
}
