import { randomUUID } from 'node:crypto'
import { userInfo } from 'node:os'
import { type Command, Option } from 'commander'
import { connect } from '../client.ts'
import { moment } from '../moment.ts'
import { exampleOf, jsonOption, show } from '../output.ts'

interface Flags {
  readonly agent: string
  readonly json?: boolean
  readonly force?: boolean
  readonly text: string
  readonly channel?: string
  readonly replyId: string
  readonly reason?: string
  readonly team?: string
  readonly note?: string
}

interface Answered {
  readonly outcome: 'sent' | 'uncertain' | 'skipped' | 'held'
  readonly channel?: string
  readonly until?: string
  readonly reasons: readonly string[]
}

const ID = 'cnv_1f0c9d2ab47e6a35'

/** What an agent does in a conversation. */
export function conversationsAct(conversations: Command): void {
  hold(conversations)
  say(conversations)
  pass(conversations)
}

function hold(conversations: Command): void {
  act(conversations, 'claim', 'take a conversation, so that nobody else answers it', ID)
    .option('--force', 'take it over from whoever has it')
    .action(
      run(
        'claim',
        ({ force }) => ({ force: force === true }),
        () => 'It is yours.',
      ),
    )
  act(conversations, 'release', 'let others have it', ID).action(
    run(
      'release',
      () => ({}),
      () => 'Released.',
    ),
  )
}

function say(conversations: Command): void {
  act(conversations, 'reply', 'answer her, where she wrote last or where she prefers', `${ID} --text "We are sorry."`)
    .requiredOption('--text <words>', 'what she is told')
    .option('--channel <name>', 'email, sms or push, whatever she prefers')
    .addOption(new Option('--reply-id <id>', 'the same id again sends nothing more').default(randomUUID(), 'a new one'))
    .action(run('replies', ({ text, channel, replyId }) => ({ text, channel, reply: replyId }), replyText))
  act(conversations, 'note', 'leave a note for others, which she never sees', `${ID} --text "Call her tomorrow"`)
    .requiredOption('--text <words>', 'what they are told')
    .action(
      run(
        'notes',
        ({ text }) => ({ text }),
        () => 'Noted.',
      ),
    )
}

function pass(conversations: Command): void {
  act(conversations, 'assign', 'give it to another team', `${ID} --team care-leads --note "She is a regular"`)
    .requiredOption('--team <name>', 'a team of the brand')
    .option('--note <words>', 'what they are told, which she never sees')
    .action(
      run(
        'assign',
        ({ team, note }) => ({ team, note }),
        ({ team }: { readonly team: string }) => `It is with ${team} now.`,
      ),
    )
  act(conversations, 'close', 'end it; what waits for that goes on', ID)
    .option('--reason <words>', 'why, as in "no answer needed"')
    .action(
      run(
        'close',
        ({ reason }) => ({ reason }),
        () => 'Closed.',
      ),
    )
}

function act(conversations: Command, name: string, description: string, example: string): Command {
  return conversations
    .command(name)
    .description(description)
    .argument('<id>')
    .addOption(new Option('--agent <name>', 'who you are').env('THROUGHLINE_AGENT').default(userInfo().username))
    .addOption(jsonOption())
    .addHelpText('after', exampleOf(`conversations ${name} ${example}`))
}

function run<T>(path: string, bodyOf: (flags: Flags) => object, textOf: (answer: T) => string) {
  return async (id: string, flags: Flags, command: Command): Promise<void> => {
    const body = { agent: flags.agent, ...bodyOf(flags) }
    const answer = await connect(command).post<T>(`/v1/conversations/${encodeURIComponent(id)}/${path}`, body)
    show(answer, flags, textOf)
    if ((answer as { outcome?: string }).outcome === 'skipped') process.exitCode = 1
  }
}

function replyText({ outcome, channel, until, reasons }: Answered): string {
  const why = reasons.map((reason) => `\n  ${reason}`).join('')
  if (outcome === 'sent') return `Sent by ${channel}.`
  if (outcome === 'held') return `The provider is away; it is tried again at ${moment(until ?? '')}.${why}`
  if (outcome === 'skipped') return `Not sent:${why}`
  return `Nobody knows whether it went out by ${channel}; look before you repeat it.${why}`
}
