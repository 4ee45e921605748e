import type { Problem } from '../../documents/document.ts'
import { checkSegments, type WrittenSegment } from '../../segments/check-segments.ts'
import { readSegment, type SegmentDocument } from '../../segments/segment.ts'

interface Segments {
  readonly read: Readonly<Record<string, SegmentDocument>>
  readonly sources: Readonly<Record<string, string>>
  readonly problems: readonly Problem[]
}

/**
 * The segments of a brand's folder, by the paths of its files.
 * @param known the names of all of them, of those that cannot be read too
 */
export function readSegments(files: Readonly<Record<string, string>>, known: readonly string[]): Segments {
  const written: Record<string, WrittenSegment> = {}
  const sources: Record<string, string> = {}
  const problems: Problem[] = []
  for (const [path, text] of Object.entries(files)) {
    const name = /^segments\/(.+)\.ya?ml$/.exec(path)?.[1]
    if (name === undefined) continue
    const reading = readSegment(path, text)
    if (!reading.ok) problems.push(...reading.problems)
    else {
      if (reading.document.segment !== name)
        problems.push(reading.source.problemAt(['segment'], `This is not the name of its file, ${name}.`))
      written[name] = reading
      sources[`segments/${name}`] = text
    }
  }
  const read = Object.fromEntries(Object.entries(written).map(([name, { document }]) => [name, document]))
  return { read, sources, problems: [...problems, ...checkSegments(written, known)] }
}
