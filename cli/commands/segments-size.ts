import { existsSync, readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { InvalidInput } from '#shared/errors/errors.ts'
import type { SegmentSize } from '#shared/insights/segments.ts'
import { connect } from '../client.ts'
import { exampleOf, jsonOption, show } from '../output.ts'

interface Flags {
  readonly file: string
  readonly json?: boolean
}

export function segmentsSize(segments: Command): void {
  segments
    .command('size')
    .description('say how many customers would be in a segment, before it is published')
    .requiredOption('--file <file>', 'the segment as it is written, published or not')
    .addOption(jsonOption())
    .addHelpText('after', exampleOf('segments size --file examples/kaffi/segments/lapsed.yaml'))
    .action(async (flags: Flags, command: Command) => {
      const body = { file: flags.file, text: readSegment(flags.file) }
      show(await connect(command).post<SegmentSize>('/v1/segments/size', body), flags, sizeText)
    })
}

function readSegment(file: string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8')
  throw new InvalidInput('segment.no-file', `There is no file ${file}; --file names the YAML of a segment.`)
}

function sizeText({ asked, members, isWhole }: SegmentSize): string {
  if (asked === 0) return 'There is no customer yet.'
  const share = `${Number(((100 * members) / asked).toPrecision(2))}%`
  return isWhole
    ? `${members} of all ${asked} customers (${share}).`
    : `About ${share}: ${members} of ${asked} customers, drawn at random.`
}
