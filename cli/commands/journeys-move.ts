import { setTimeout as pause } from 'node:timers/promises'
import { styleText } from 'node:util'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { MoveBegun, MoveProgress } from '#shared/journeys/versions/move.ts'
import type { MovePlan, MoveRules } from '#shared/journeys/versions/move-plan.ts'
import { type Client, connect } from '../client.ts'
import { planText } from '../move-text.ts'
import { exampleOf, jsonOption, show } from '../output.ts'

export interface MoveFlags {
  readonly step: Readonly<Record<string, string>>
  readonly stay: readonly string[]
  readonly waits: MoveRules['waits']
  readonly yes?: boolean
  readonly json?: boolean
}

export function journeysMove(journeys: Command): void {
  const command = journeys
    .command('move')
    .description('move those who are in older versions of a journey to the live one')
    .argument('<name>')
  addMoveOptions(command)
    .addOption(jsonOption())
    .addHelpText('after', exampleOf('journeys move abandoned-order', 'journeys move abandoned-order --yes'))
    .action(async (name: string, flags: MoveFlags, self: Command) => {
      const client = connect(self)
      if (flags.yes === true) return carryOut(client, name, flags)
      const { plan } = await client.post<{ plan: MovePlan }>(pathOf(name), rulesOf(flags))
      show(
        plan,
        flags,
        (shown) =>
          `${planText(shown)}${shown.steps.length === 0 || shown.refused.length > 0 ? '' : '\n--yes carries it out'}`,
      )
      if (plan.refused.length > 0) process.exitCode = 1
    })
}

export function addMoveOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--step <old=new>', 'where those go on who stand at a step without a namesake (repeat)')
        .argParser(pairs)
        .default({}, 'none'),
    )
    .addOption(
      new Option('--stay <step>', 'those who stand there stay on their version (repeat)')
        .argParser(list)
        .default([], 'none'),
    )
    .addOption(
      new Option('--waits <how>', 'a wait under way keeps its time, starts again, or is left to its version')
        .choices(['keep', 'restart', 'leave'])
        .default('keep'),
    )
    .option('--yes', 'carry the plan out')
}

export function rulesOf({ step, stay, waits }: MoveFlags): MoveRules {
  return { steps: step, stay: [...stay], waits }
}

/** Moves everybody, and says who stayed and why. */
export async function carryOut(client: Client, name: string, flags: MoveFlags): Promise<void> {
  const { plan, job } = await client.post<MoveBegun>(pathOf(name), { ...rulesOf(flags), go: true })
  const moved = job === undefined ? 0 : await untilMoved(client, name, job)
  const { plan: left } = await client.post<{ plan: MovePlan }>(pathOf(name), rulesOf(flags))
  show({ plan, moved, left }, flags, (report) => {
    const stayed = report.left.steps.length === 0 ? [] : ['These are on their old version:', planText(report.left)]
    return [`${styleText('green', '✓')} ${name}: ${report.moved} moved`, ...stayed].join('\n')
  })
}

/** The last look comes a minute after the first, and finds those whom the first could not see yet. */
const LONGEST = 90_000
const BETWEEN = 500

async function untilMoved(client: Client, name: string, job: string): Promise<number> {
  const path = `${pathOf(name)}/${encodeURIComponent(job)}`
  const until = Date.now() + LONGEST
  for (;;) {
    const { moved, isDone } = await client.get<MoveProgress>(path)
    if (isDone || Date.now() > until) return moved
    await pause(BETWEEN)
  }
}

function pathOf(name: string): string {
  return `/v1/journeys/${encodeURIComponent(name)}/moves`
}

function pairs(text: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [from, to, ...rest] = text.split('=')
  if (!from || !to || rest.length > 0) throw new InvalidArgumentError('Write it as in --step wait-1-day=wait-2-days.')
  return { ...before, [from]: to }
}

function list(text: string, before: readonly string[]): readonly string[] {
  return [...before, text]
}
