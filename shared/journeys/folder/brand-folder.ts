import { type Brand, readBrand } from '../../brand/brand.ts'
import { channels } from '../../channels/catalog.ts'
import { isWarning, type Problem } from '../../documents/document.ts'
import { compileMessage } from '../../messages/compile-message.ts'
import type { CompiledMessage } from '../../messages/message-document.ts'
import type { SegmentDocument } from '../../segments/segment.ts'
import { checkFolder, type ReadJourney } from '../check/check-folder.ts'
import type { Surroundings } from '../check/finding.ts'
import { type Journey, readJourney } from '../journey.ts'
import { parseTable, type TableRow, tableProblems } from './parse-table.ts'
import { readSegments } from './read-segments.ts'

/** The files of a brand's folder, by their path inside it. */
export type Files = Readonly<Record<string, string>>

/** A brand's folder, read and checked as a whole. */
export interface BrandFolder {
  readonly brand: Brand
  readonly tables: Readonly<Record<string, readonly TableRow[]>>
  readonly messages: Readonly<Record<string, CompiledMessage>>
  readonly segments: Readonly<Record<string, SegmentDocument>>
  readonly journeys: Readonly<Record<string, Journey>>
  /** By document, as `journeys/welcome`: what it was made from. */
  readonly sources: Readonly<Record<string, string>>
}

export type FolderReading =
  | { readonly ok: true; readonly folder: BrandFolder; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** Reads all documents of a brand's folder; either nothing is wrong but for warnings, or every problem is told. */
export async function readBrandFolder(files: Files): Promise<FolderReading> {
  const brandText = files['brand.yaml']
  if (brandText === undefined)
    return { ok: false, problems: [missing('brand.yaml', 'A brand folder has a brand.yaml.')] }
  const brand = readBrand('brand.yaml', brandText)
  if (!brand.ok) return brand
  const tables = readTables(files)
  const messages = await readMessages(files, brand.document, Object.keys(tables.read))
  const segments = readSegments(files, namesIn(files, 'segments'))
  const journeys = readJourneys(files, {
    brand: brand.document,
    messages: writtenChannels(files, messages.compiled),
    segments: namesIn(files, 'segments'),
    journeys: namesIn(files, 'journeys'),
    tables: Object.keys(tables.read),
    variables: messages.variables,
  })
  const problems = [...tables.problems, ...messages.problems, ...segments.problems, ...journeys.problems]
  if (!problems.every(isWarning)) return { ok: false, problems }
  const sources = { brand: brandText, ...messages.sources, ...segments.sources, ...journeys.sources }
  return {
    ok: true,
    folder: {
      brand: brand.document,
      tables: tables.read,
      messages: messages.compiled,
      segments: segments.read,
      journeys: journeys.read,
      sources,
    },
    warnings: problems,
  }
}

interface Tables {
  readonly read: Readonly<Record<string, readonly TableRow[]>>
  readonly problems: readonly Problem[]
}

function readTables(files: Files): Tables {
  const tables = Object.entries(files).filter(([path]) => /^[a-z][a-z0-9_]*\.csv$/.test(path))
  return {
    read: Object.fromEntries(tables.map(([path, text]) => [path.slice(0, -'.csv'.length), parseTable(text)])),
    problems: tables.flatMap(([path, text]) => tableProblems(path, text)),
  }
}

interface Messages {
  readonly compiled: Readonly<Record<string, CompiledMessage>>
  /** What each takes of the run. */
  readonly variables: Readonly<Record<string, readonly string[]>>
  readonly sources: Readonly<Record<string, string>>
  readonly problems: readonly Problem[]
}

async function readMessages(files: Files, brand: Brand, tables: readonly string[]): Promise<Messages> {
  const partials = inFolder(files, 'partials/')
  const compiled: Record<string, CompiledMessage> = {}
  const variables: Record<string, readonly string[]> = {}
  const sources: Record<string, string> = {}
  const problems: Problem[] = []
  for (const name of messageNames(files)) {
    const own = inFolder(files, `messages/${name}/`)
    const result = await compileMessage({ name, files: own, partials, brand, tables })
    if (result.ok) {
      compiled[name] = result.message
      variables[name] = result.variables
    }
    problems.push(...(result.ok ? result.warnings : result.problems))
    sources[`messages/${name}`] = JSON.stringify({
      files: own,
      version: result.ok ? result.message.version : undefined,
    })
  }
  return { compiled, variables, sources, problems }
}

interface Journeys {
  readonly read: Readonly<Record<string, Journey>>
  readonly sources: Readonly<Record<string, string>>
  readonly problems: readonly Problem[]
}

/** The channels of each message; one that has problems of its own gets no second one here. */
function writtenChannels(files: Files, compiled: Messages['compiled']): Surroundings['messages'] {
  return Object.fromEntries(
    messageNames(files).map((name) => [name, Object.keys(compiled[name]?.channels ?? channels)]),
  )
}

function readJourneys(files: Files, surroundings: Surroundings): Journeys {
  const readings: ReadJourney[] = []
  const read: Record<string, Journey> = {}
  const sources: Record<string, string> = {}
  const problems: Problem[] = []
  for (const [path, text] of Object.entries(files)) {
    const name = /^journeys\/(.+)\.ya?ml$/.exec(path)?.[1]
    if (name === undefined) continue
    const reading = readJourney(path, text)
    if (!reading.ok) problems.push(...reading.problems)
    else {
      readings.push(reading)
      if (reading.document.journey !== name)
        problems.push(reading.source.problemAt(['journey'], `This is not the name of its file, ${name}.`))
      read[name] = reading.document
      sources[`journeys/${name}`] = text
    }
  }
  return { read, sources, problems: [...problems, ...checkFolder(readings, surroundings)] }
}

/** The names of the documents in a folder, those that cannot be read among them. */
function namesIn(files: Files, folder: string): readonly string[] {
  return Object.keys(files).flatMap((path) => new RegExp(`^${folder}/(.+)\\.ya?ml$`).exec(path)?.[1] ?? [])
}

function messageNames(files: Files): readonly string[] {
  const names = Object.keys(files).flatMap((path) => /^messages\/([^/]+)\/[^/]+$/.exec(path)?.[1] ?? [])
  return [...new Set(names)].sort()
}

function inFolder(files: Files, folder: string): Record<string, string> {
  const inside = Object.entries(files).filter(
    ([path]) => path.startsWith(folder) && !path.slice(folder.length).includes('/'),
  )
  return Object.fromEntries(inside.map(([path, text]) => [path.slice(folder.length), text]))
}

function missing(file: string, message: string): Problem {
  return { file, line: 1, column: 1, path: '', message }
}
