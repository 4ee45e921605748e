import { styleText } from 'node:util'
import { type Command, InvalidArgumentError } from 'commander'
import { Unavailable } from '#shared/errors/errors.ts'
import { connect } from '../client.ts'
import { onOneLine, padTo } from '../display-width.ts'
import { exactMoment } from '../moment.ts'
import { exampleOf } from '../output.ts'
import { readServerSentEvents } from '../server-sent-events.ts'

interface Passing {
  readonly at: string
  readonly type: string
  readonly channel: string
  readonly customer: string
  readonly id: string
}

export function eventsTail(events: Command): void {
  events
    .command('tail')
    .description('print each touchpoint as it is recorded, until Ctrl-C')
    .option('--limit <number>', 'stop after so many', positive)
    .option('--json', 'print a line of JSON for each')
    .addHelpText('after', exampleOf('events tail --limit 10'))
    .action(
      async ({ limit = Number.POSITIVE_INFINITY, json }: { limit?: number; json?: boolean }, command: Command) => {
        const stop = new AbortController()
        process.once('SIGINT', () => stop.abort())
        let printed = 0
        for await (const passing of touchpoints(command, stop.signal)) {
          console.log(json === true ? JSON.stringify(passing) : lineOf(passing))
          printed++
          if (printed >= limit) return stop.abort()
        }
      },
    )
}

/** Ends when it is told to; that the system ends it is a failure. */
async function* touchpoints(command: Command, signal: AbortSignal): AsyncGenerator<Passing> {
  const bytes = await connect(command).stream('/local/tail', signal)
  let cause: unknown
  try {
    for await (const { event, data } of readServerSentEvents(bytes))
      if (event === 'touchpoint') yield JSON.parse(data) as Passing // what the route says it sends
  } catch (error) {
    cause = error
  }
  if (!signal.aborted) throw new Unavailable('system.stopped', 'The system stopped; start it again.', { cause })
}

function lineOf({ at, type, channel, customer, id }: Passing): string {
  const columns = [padTo(onOneLine(type), 24), padTo(onOneLine(channel), 8), customer]
  return `${styleText('dim', exactMoment(at))}  ${columns.join('  ')}  ${styleText('dim', id)}`
}

function positive(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It is a whole number from 1.')
  return Number(text)
}
