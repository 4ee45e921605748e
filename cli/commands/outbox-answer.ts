import type { Command } from 'commander'
import { connect } from '../client.ts'
import { exampleOf, jsonOption, show } from '../output.ts'

interface Answer {
  readonly touchpoint: { readonly id: string; readonly type: string }
}

interface Details {
  readonly link?: string
  readonly permanent?: boolean
  readonly text?: string
}

const ID = 'msg_P2BbVVgUhhz4a0fQ1uhCqA'

/** What the reader of a message may do with it; each comes back as a touchpoint. */
export function outboxAnswer(outbox: Command): void {
  action(outbox, 'open', 'open a message as its reader').action(answerWith(() => ({})))
  action(outbox, 'click', 'follow a link in it', ' --link https://kaffi.example/menu')
    .option('--link <url>', 'which one')
    .action(answerWith(({ link }) => (link === undefined ? {} : { link })))
  action(outbox, 'bounce', 'have it come back as undeliverable')
    .option('--passing', 'for now (a full mailbox), not for good')
    .action(answerWith(({ passing }) => ({ permanent: passing !== true })))
  action(outbox, 'complain', 'mark it as spam').action(answerWith(() => ({})))
  outbox
    .command('reply')
    .description('answer it')
    .argument('<id>')
    .argument('<text...>')
    .addOption(jsonOption())
    .addHelpText('after', exampleOf(`outbox reply ${ID} STOP`))
    .action(async (id: string, words: readonly string[], flags: Flags, command: Command) => {
      await answer(command, id, { text: words.join(' ') }, flags)
    })
}

interface Flags {
  readonly link?: string
  readonly passing?: boolean
  readonly json?: boolean
}

function action(outbox: Command, name: string, description: string, example = ''): Command {
  return outbox
    .command(name)
    .description(description)
    .argument('<id>')
    .addOption(jsonOption())
    .addHelpText('after', exampleOf(`outbox ${name} ${ID}${example}`))
}

function answerWith(detailsOf: (flags: Flags) => Details) {
  return (id: string, flags: Flags, command: Command): Promise<void> => answer(command, id, detailsOf(flags), flags)
}

/** The route has the command's name. */
async function answer(command: Command, id: string, details: Details, flags: Flags): Promise<void> {
  const path = `/local/outbox/${encodeURIComponent(id)}/${command.name()}`
  show(
    await connect(command).post<Answer>(path, details),
    flags,
    ({ touchpoint }) => `${touchpoint.type}  ${touchpoint.id}`,
  )
}
