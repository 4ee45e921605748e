import { type Command, Option } from 'commander'
import type { conversationLine } from '#shared/insights/conversation-view.ts'
import { connect } from '../client.ts'
import { moment } from '../moment.ts'
import { exampleOf, jsonOption, outputWidth, show } from '../output.ts'
import { table } from '../table.ts'

interface Answer {
  readonly conversations: readonly ReturnType<typeof conversationLine>[]
  /** Leads to those that have waited less. */
  readonly cursor?: string
}

interface Flags {
  readonly team?: string
  readonly state?: string
  readonly json?: boolean
}

export function conversationsList(conversations: Command): void {
  conversations
    .command('list')
    .description('list the open conversations, the longest waiting first')
    .option('--team <name>', 'only those of this team')
    .addOption(
      new Option('--state <state>', 'those that wait for us, or those that wait for her')
        .choices(['waiting', 'answered'])
        .default('waiting'),
    )
    .addOption(jsonOption())
    .addHelpText('after', exampleOf('conversations list --team care'))
    .action(async ({ team, state, ...flags }: Flags, command: Command) => {
      show(await connect(command).get<Answer>('/v1/conversations', { team, state }), flags, listText)
    })
}

function listText({ conversations, cursor }: Answer): string {
  if (conversations.length === 0) return 'Nobody waits.'
  const rows = table(
    [
      { title: 'conversation', of: ({ id }) => id, isWhole: true },
      { title: 'since', of: ({ since }) => moment(since), isWhole: true },
      { title: 'team', of: ({ team = '' }) => team },
      { title: 'agent', of: ({ agent = '' }) => agent },
      { title: 'on', of: ({ channel }) => channel },
      { title: 'about', of: ({ preview = '' }) => preview },
    ],
    conversations,
    outputWidth(),
  )
  return cursor === undefined ? rows : `${rows}\nThere are more; name a team with --team.`
}
