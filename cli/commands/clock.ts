import type { Command } from 'commander'
import { describeDuration, parseDuration } from '#shared/time/duration.ts'
import { connect } from '../client.ts'
import { exactMoment, ZONE } from '../moment.ts'
import { exampleOf, jsonOption, show } from '../output.ts'

interface ClockState {
  readonly now: string
  readonly offsetMs: number
}

export function clock(throughline: Command): void {
  const group = throughline
    .command('clock')
    .description('show the system’s time, or move it on')
    .helpCommand(false)
    .addOption(jsonOption())
    .addHelpText('after', exampleOf('clock', 'clock advance 2 days'))
    .action(async (flags: { json?: boolean }, command: Command) => {
      show(await connect(command).get<ClockState>('/local/clock'), flags, clockText)
    })
  group
    .command('advance')
    .description('move the time on; everything that falls due on the way is done')
    .argument('<duration...>', 'as in: 2 days 3 hours', collectDuration)
    .addOption(jsonOption())
    .addHelpText('after', exampleOf('clock advance 2 days'))
    .action(async (duration: string, _flags: unknown, command: Command) => {
      if (parseDuration(duration) === undefined)
        command.error(`error: "${duration}" is no duration; write it as in: 2 days 3 hours`, { exitCode: 2 })
      const flags = command.optsWithGlobals<{ json?: boolean }>()
      show(await connect(command).post<ClockState>('/local/clock/advance', { duration }), flags, clockText)
    })
}

/** The words of a duration, whether they came as one argument or as several. */
function collectDuration(word: string, earlier: string | undefined): string {
  return earlier === undefined ? word : `${earlier} ${word}`
}

function clockText({ now, offsetMs }: ClockState): string {
  const ahead = offsetMs < 1_000 ? 'as on this machine' : `${describeDuration(offsetMs)} ahead of this machine`
  return `${exactMoment(now)} in ${ZONE}, ${ahead}`
}
