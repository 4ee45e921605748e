import { readFileSync } from 'node:fs'
import { styleText } from 'node:util'
import { type Argument, Command, InvalidArgumentError, Option } from 'commander'
import { check } from './commands/check.ts'
import { clock } from './commands/clock.ts'
import { conversationsAct } from './commands/conversations-act.ts'
import { conversationsList } from './commands/conversations-list.ts'
import { conversationsShow } from './commands/conversations-show.ts'
import { customersExport } from './commands/customers-export.ts'
import { customersMarkTest } from './commands/customers-mark-test.ts'
import { customersShow } from './commands/customers-show.ts'
import { deadLettersList } from './commands/dead-letters-list.ts'
import { deadLettersRedrive } from './commands/dead-letters-redrive.ts'
import { deployBrand } from './commands/deploy-brand.ts'
import { doctor } from './commands/doctor.ts'
import { enrolmentsShow } from './commands/enrolments-show.ts'
import { eventsSend } from './commands/events-send.ts'
import { eventsTail } from './commands/events-tail.ts'
import { insights } from './commands/insights.ts'
import { journeysDiff } from './commands/journeys-diff.ts'
import { journeysEnrol } from './commands/journeys-enrol.ts'
import { journeysList } from './commands/journeys-list.ts'
import { journeysMove } from './commands/journeys-move.ts'
import { journeysPublish } from './commands/journeys-publish.ts'
import { journeysShow } from './commands/journeys-show.ts'
import { journeysPause, journeysResume, journeysRetire } from './commands/journeys-steer.ts'
import { messagesTest } from './commands/messages-test.ts'
import { outboxAnswer } from './commands/outbox-answer.ts'
import { outboxList } from './commands/outbox-list.ts'
import { outboxShow } from './commands/outbox-show.ts'
import { preview } from './commands/preview.ts'
import { pull } from './commands/pull.ts'
import { schemas } from './commands/schemas.ts'
import { segmentsList } from './commands/segments-list.ts'
import { segmentsRetire } from './commands/segments-retire.ts'
import { segmentsShow } from './commands/segments-show.ts'
import { segmentsSize } from './commands/segments-size.ts'
import { segmentsWhy } from './commands/segments-why.ts'
import { why } from './commands/why.ts'
import { exampleOf } from './output.ts'

export const ERROR = styleText('red', 'error:', { stream: process.stderr })

type Add = (parent: Command) => void

/** A command, or commands that share a first word. */
type Entry = Add | readonly [name: string, description: string, commands: readonly Add[]]

/** What `--help` lists, in its order, under headings. */
const CONTENTS: readonly (readonly [heading: string, entries: readonly Entry[]])[] = [
  ['Write and try:', [check, schemas, preview, ['messages', 'really send one, as a test', [messagesTest]], pull]],
  [
    'Publish and steer:',
    [
      [
        'journeys',
        'publish, look at, pause, move and retire journeys',
        [
          journeysPublish,
          journeysList,
          journeysShow,
          journeysDiff,
          journeysMove,
          journeysPause,
          journeysResume,
          journeysRetire,
          journeysEnrol,
        ],
      ],
      ['segments', 'who is in which, and why', [segmentsList, segmentsShow, segmentsSize, segmentsWhy, segmentsRetire]],
      insights,
    ],
  ],
  [
    'Customers:',
    [
      ['customers', 'see a customer as an agent does', [customersShow, customersExport, customersMarkTest]],
      [
        'conversations',
        'read what customers write, and answer',
        [conversationsList, conversationsShow, conversationsAct],
      ],
      why,
      ['enrolments', 'follow one customer through one journey', [enrolmentsShow]],
    ],
  ],
  [
    'Events:',
    [
      ['events', 'send events, and watch touchpoints pass', [eventsSend, eventsTail]],
      ['dead-letters', 'events that could not be recorded', [deadLettersList, deadLettersRedrive]],
    ],
  ],
  ['On AWS:', [deployBrand, doctor]],
  [
    'On one machine:',
    [['outbox', 'read what went out, and do what its reader does', [outboxList, outboxShow, outboxAnswer]], clock],
  ],
]

/** All commands, with their options and their help. */
export function program(): Command {
  const throughline = new Command('throughline')
    .description('One customer, one thread, every channel.')
    .version(version())
    .addOption(
      new Option('--port <number>', 'where the system on this machine listens')
        .env('THROUGHLINE_PORT')
        .default(4700)
        .argParser(port),
    )
    .addOption(new Option('--data <dir>', 'its data folder').env('THROUGHLINE_DATA').default('.throughline'))
    .addOption(new Option('--at <name>', 'or the installation of this name, on AWS').env('THROUGHLINE_AT'))
    .configureHelp({ showGlobalOptions: true, minWidthToWrap: 30, subcommandTerm: termOf })
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error:/, ERROR)) })
    .helpCommand(false)
    .addHelpText('after', exampleOf('check examples/kaffi', 'events tail', 'customers show ada@example.org'))
    .exitOverride()
  for (const [heading, entries] of CONTENTS) {
    throughline.commandsGroup(heading)
    for (const entry of entries) addTo(throughline, entry)
  }
  return throughline
}

function addTo(throughline: Command, entry: Entry): void {
  if (typeof entry === 'function') {
    entry(throughline)
    return
  }
  const [name, description, commands] = entry
  const group = throughline.command(name).description(description).helpCommand(false)
  for (const add of commands) add(group)
}

/** A table of contents has names; a group's page has what follows them, too. */
function termOf(command: Command): string {
  if (command.parent?.parent == null) return command.name()
  return [command.name(), ...command.registeredArguments.map(argumentText)].join(' ')
}

function argumentText(argument: Argument): string {
  const text = `${argument.name()}${argument.variadic ? '...' : ''}`
  return argument.required ? `<${text}>` : `[${text}]`
}

function version(): string {
  return (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version
}

function port(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError('It is a number up to 65535.')
  return Number(text)
}
