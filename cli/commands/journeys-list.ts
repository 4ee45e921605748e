import type { Command } from 'commander'
import type { JourneyState } from '#shared/journeys/versions/control.ts'
import { connect } from '../client.ts'
import { exampleOf, jsonOption, outputWidth, show } from '../output.ts'
import { table } from '../table.ts'

interface Answer {
  readonly journeys: readonly {
    readonly name: string
    readonly version: number
    readonly state: JourneyState
    readonly by?: string
    readonly purpose: string
    readonly entersOn: string
    readonly description?: string
  }[]
}

export function journeysList(journeys: Command): void {
  journeys
    .command('list')
    .description('list the journeys that are published')
    .addOption(jsonOption())
    .addHelpText('after', exampleOf('journeys list'))
    .action(async (flags: { json?: boolean }, command: Command) => {
      show(await connect(command).get<Answer>('/v1/journeys'), flags, listText)
    })
}

function listText({ journeys }: Answer): string {
  if (journeys.length === 0)
    return 'No journey is published; "throughline journeys publish <dir>" publishes a brand’s folder.'
  return table(
    [
      { title: 'journey', of: ({ name }) => name, isWhole: true },
      { title: 'version', of: ({ version }) => String(version), isNumber: true },
      { title: 'state', of: ({ state, by }) => (by === undefined ? state : `${state} by ${by}`), isWhole: true },
      { title: 'purpose', of: ({ purpose }) => purpose },
      { title: 'enters on', of: ({ entersOn }) => entersOn },
      { title: 'description', of: ({ description = '' }) => description },
    ],
    journeys,
    outputWidth(),
  )
}
