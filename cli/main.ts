import { readFileSync } from 'node:fs'
import { styleText } from 'node:util'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { Refusal } from './client.ts'
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

const ERROR = styleText('red', 'error:', { stream: process.stderr })

type Add = (parent: Command) => void

/** The groups of commands, in the order in which `--help` lists them. */
const GROUPS: readonly (readonly [name: string, description: string, commands: readonly Add[]])[] = [
  ['events', 'send events, and watch touchpoints pass', [eventsSend, eventsTail]],
  ['customers', 'see a customer as an agent does', [customersShow, customersExport, customersMarkTest]],
  [
    'journeys',
    'check, publish and read journeys',
    [
      check,
      journeysPublish,
      journeysMove,
      journeysPause,
      journeysResume,
      journeysRetire,
      journeysList,
      journeysShow,
      journeysDiff,
      journeysEnrol,
    ],
  ],
  ['messages', 'try messages', [messagesTest]],
  ['segments', 'who is in which, and why', [segmentsList, segmentsShow, segmentsSize, segmentsWhy, segmentsRetire]],
  ['conversations', 'read what customers write, and answer', [conversationsList, conversationsShow, conversationsAct]],
  ['enrolments', 'follow one customer through one journey', [enrolmentsShow]],
  ['outbox', 'read what went out on a local system, and answer it', [outboxList, outboxShow, outboxAnswer]],
  ['dead-letters', 'events that could not be recorded', [deadLettersList, deadLettersRedrive]],
]

function program(): Command {
  const throughline = new Command('throughline')
    .description('One customer, one thread, every channel.')
    .version(version())
    .addOption(
      new Option('--port <number>', 'where the system listens').env('THROUGHLINE_PORT').default(4700).argParser(port),
    )
    .addOption(new Option('--data <dir>', 'its data folder').env('THROUGHLINE_DATA').default('.throughline'))
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error:/, ERROR)) })
    .helpCommand(false)
    .addHelpText('after', exampleOf('check examples/kaffi', 'events tail', 'customers show ada@example.org'))
    .exitOverride()
  for (const [name, description, commands] of GROUPS) {
    const group = throughline.command(name).description(description).helpCommand(false)
    for (const add of commands) add(group)
  }
  for (const add of [check, schemas, pull, preview, clock, insights, why]) add(throughline)
  return throughline
}

function version(): string {
  return (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version
}

function port(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new InvalidArgumentError('It is a number up to 65535.')
  return Number(text)
}

/** 0 for help; 2 for what was typed; 1 for everything else, in one line unless it is a bug. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  const isExpected = error instanceof Refusal || (error instanceof Error && 'code' in error)
  const text = isExpected ? error.message : error instanceof Error ? error.stack : String(error)
  console.error(`${ERROR} ${text}`)
  return 1
}

// A reader that has seen enough, as `head` has, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

program()
  .parseAsync()
  .catch((error: unknown) => {
    process.exitCode = exitCodeOf(error)
  })
