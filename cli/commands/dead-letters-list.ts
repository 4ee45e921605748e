import type { Command } from 'commander'
import { connect } from '../client.ts'
import { moment } from '../moment.ts'
import { exampleOf, jsonOption, outputWidth, show } from '../output.ts'
import { table } from '../table.ts'

export interface DeadLetters {
  readonly deadLetters: readonly { readonly id: string; readonly receivedAt: string; readonly reason: string }[]
  /** Leads to older ones. */
  readonly cursor?: string
}

export function deadLettersList(deadLetters: Command): void {
  deadLetters
    .command('list')
    .description('list the events that could not be recorded, newest first, with the reason')
    .addOption(jsonOption())
    .addHelpText('after', exampleOf('dead-letters list'))
    .action(async (flags: { json?: boolean }, command: Command) => {
      show(await connect(command).get<DeadLetters>('/v1/dead-letters'), flags, listText)
    })
}

function listText({ deadLetters, cursor }: DeadLetters): string {
  if (deadLetters.length === 0) return 'No dead letters.'
  const rows = table(
    [
      { title: 'dead letter', of: ({ id }) => id, isWhole: true },
      { title: 'received', of: ({ receivedAt }) => moment(receivedAt), isWhole: true },
      { title: 'reason', of: ({ reason }) => reason },
    ],
    deadLetters,
    outputWidth(),
  )
  return cursor === undefined ? rows : `${rows}\nThere are older ones; "dead-letters redrive --all" takes them too.`
}
