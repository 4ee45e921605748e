import { type Brand, readBrand } from '../brand/brand.ts'
import { channels } from '../channels/catalog.ts'
import type { Problem } from '../documents/document.ts'
import { compileMessage } from '../messages/compile-message.ts'
import type { CompiledMessage } from '../messages/message-document.ts'
import { checkJourney, type Surroundings } from './check.ts'
import { type Journey, readJourney } from './journey.ts'
import { parseTable, type TableRow, tableProblems } from './parse-table.ts'

/** The files of a brand's folder, by their path inside it. */
export type Files = Readonly<Record<string, string>>

/** A brand's folder, read and checked as a whole. */
export interface BrandFolder {
  readonly brand: Brand
  readonly tables: Readonly<Record<string, readonly TableRow[]>>
  readonly messages: Readonly<Record<string, CompiledMessage>>
  readonly journeys: Readonly<Record<string, Journey>>
  /** By document, as `journeys/welcome`: what it was made from. */
  readonly sources: Readonly<Record<string, string>>
}

export type FolderReading =
  | { readonly ok: true; readonly folder: BrandFolder }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** Reads all documents of a brand's folder; either everything is right, or every problem is told. */
export async function readBrandFolder(files: Files): Promise<FolderReading> {
  const brandText = files['brand.yaml']
  if (brandText === undefined)
    return { ok: false, problems: [missing('brand.yaml', 'A brand folder has a brand.yaml.')] }
  const brand = readBrand('brand.yaml', brandText)
  if (!brand.ok) return brand
  const tables = readTables(files)
  const messages = await readMessages(files, brand.document, Object.keys(tables.read))
  const journeys = readJourneys(files, brand.document, writtenChannels(files, messages.compiled))
  const problems = [...tables.problems, ...messages.problems, ...journeys.problems]
  if (problems.length > 0) return { ok: false, problems }
  const sources = { brand: brandText, ...messages.sources, ...journeys.sources }
  return {
    ok: true,
    folder: {
      brand: brand.document,
      tables: tables.read,
      messages: messages.compiled,
      journeys: journeys.read,
      sources,
    },
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
  readonly sources: Readonly<Record<string, string>>
  readonly problems: readonly Problem[]
}

async function readMessages(files: Files, brand: Brand, tables: readonly string[]): Promise<Messages> {
  const partials = inFolder(files, 'partials/')
  const compiled: Record<string, CompiledMessage> = {}
  const sources: Record<string, string> = {}
  const problems: Problem[] = []
  for (const name of messageNames(files)) {
    const own = inFolder(files, `messages/${name}/`)
    const result = await compileMessage({ name, files: own, partials, brand, tables })
    if (result.ok) compiled[name] = result.message
    else problems.push(...result.problems)
    sources[`messages/${name}`] = JSON.stringify({
      files: own,
      version: result.ok ? result.message.version : undefined,
    })
  }
  return { compiled, sources, problems }
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

function readJourneys(files: Files, brand: Brand, messages: Surroundings['messages']): Journeys {
  const read: Record<string, Journey> = {}
  const sources: Record<string, string> = {}
  const problems: Problem[] = []
  for (const [path, text] of Object.entries(files)) {
    const name = /^journeys\/(.+)\.ya?ml$/.exec(path)?.[1]
    if (name === undefined) continue
    const reading = readJourney(path, text)
    if (!reading.ok) problems.push(...reading.problems)
    else {
      problems.push(...checkJourney(reading.document, reading.source, { brand, messages }))
      if (reading.document.journey !== name)
        problems.push(reading.source.problemAt(['journey'], `This is not the name of its file, ${name}.`))
      read[name] = reading.document
      sources[`journeys/${name}`] = text
    }
  }
  return { read, sources, problems }
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
