import { styleText } from 'node:util'
import type { Command } from 'commander'
import type { SegmentView } from '#shared/insights/segments.ts'
import { connect } from '../client.ts'
import { labelled } from '../labelled.ts'
import { moment } from '../moment.ts'
import { exampleOf, jsonOption, outputWidth, show } from '../output.ts'

export function segmentsShow(segments: Command): void {
  segments
    .command('show')
    .description('show a segment: its condition, and how many customers are in it')
    .argument('<name>')
    .addOption(jsonOption())
    .addHelpText('after', exampleOf('segments show lapsed'))
    .action(async (name: string, flags: { json?: boolean }, command: Command) => {
      const segment = await connect(command).get<SegmentView>(`/v1/segments/${encodeURIComponent(name)}`)
      show(segment, flags, segmentText)
    })
}

function segmentText(segment: SegmentView): string {
  const { name, version, publishedAt, description, when, members, isWhole } = segment
  const head = `${styleText('bold', name)}  ${styleText('dim', `version ${version}, published ${moment(publishedAt)}`)}`
  const lines = labelled(
    [
      ['About', description],
      ['When', when],
      ['Members', isWhole ? String(members) : `more than ${members}`],
      ['Asked', askedText(segment)],
    ],
    outputWidth(),
  )
  return `${head}\n${lines}`
}

/** While customers are still being asked, the number is not the last word. */
function askedText({ asked }: SegmentView): string | undefined {
  if (asked === undefined || asked.shardsDone === asked.shards) return undefined
  return `${asked.handled} customers so far, ${asked.shardsDone} of ${asked.shards} parts of them all`
}
