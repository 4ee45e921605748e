import type { Command } from 'commander'
import type { SegmentLine } from '#shared/insights/segments.ts'
import { connect } from '../client.ts'
import { exampleOf, jsonOption, outputWidth, show } from '../output.ts'
import { table } from '../table.ts'

interface Answer {
  readonly segments: readonly SegmentLine[]
}

export function segmentsList(segments: Command): void {
  segments
    .command('list')
    .description('list the segments that are published')
    .addOption(jsonOption())
    .addHelpText('after', exampleOf('segments list'))
    .action(async (flags: { json?: boolean }, command: Command) => {
      show(await connect(command).get<Answer>('/v1/segments'), flags, listText)
    })
}

function listText({ segments }: Answer): string {
  if (segments.length === 0)
    return 'No segment is published; "throughline journeys publish <dir>" publishes a brand’s folder.'
  return table(
    [
      { title: 'segment', of: ({ name }) => name, isWhole: true },
      { title: 'version', of: ({ version }) => String(version), isNumber: true },
      { title: 'when', of: ({ when }) => when },
      { title: 'description', of: ({ description = '' }) => description },
    ],
    segments,
    outputWidth(),
  )
}
