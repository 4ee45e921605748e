import { existsSync, readFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { readBrandFiles } from '#local/brand-files.ts'
import { Compiler } from '#local/compiler.ts'
import { draftFiles, unknownJourney } from '#local/preview/draft-files.ts'
import { invent, type Person } from '#local/preview/person.ts'
import { InvalidInput } from '#shared/errors/errors.ts'
import type { BrandFolder } from '#shared/journeys/folder/brand-folder.ts'
import type { IdentifierKind } from '#shared/touchpoints/identifiers.ts'
import { type Attributes, collectAttribute } from './attributes.ts'
import { connect, Refusal } from './client.ts'
import { parseEvents } from './commands/events-send.ts'
import { copyCustomer } from './copy-customer.ts'
import { problemReport } from './problem-report.ts'

/** Compiled, as a folder on disk or the running system has it. */
export async function folderFor(
  journey: string,
  from: { readonly folder?: string | undefined; readonly version?: string | undefined },
  command: Command,
): Promise<BrandFolder> {
  return from.folder === undefined ? liveFolder(journey, from.version, command) : draftFolder(journey, from.folder)
}

/** Compiled in a process of its own, while this one loads what runs it. */
async function draftFolder(journey: string, dir: string): Promise<BrandFolder> {
  const files = readBrandFiles(dir)
  const needed = draftFiles(files, journey)
  const compiler = new Compiler()
  try {
    const [reading] = await Promise.all([compiler.readFolder(needed), import('#local/preview/preview.ts')])
    if (reading.ok) return reading.folder
    // What was meant may be among the documents that were left out.
    const whole = await compiler.readFolder(files)
    const problems = whole.ok ? reading.problems : whole.problems.filter(({ file }) => file in needed)
    throw new InvalidInput('preview.problems', `\n${problemReport(problems, files, dir)}`)
  } finally {
    compiler.close()
  }
}

async function liveFolder(journey: string, version: string | undefined, command: Command): Promise<BrandFolder> {
  const client = connect(command)
  try {
    return await client.get<BrandFolder>(`/v1/journeys/${encodeURIComponent(journey)}/folder`, { version })
  } catch (error) {
    if (!(error instanceof Refusal && error.body.code === 'journey.not-published')) throw error
    const { journeys } = await client.get<{ journeys: readonly { name: string }[] }>('/v1/journeys')
    throw unknownJourney(
      journey,
      journeys.map(({ name }) => name),
    )
  }
}

export interface PersonFlags {
  readonly customer?: string
  readonly kind?: IdentifierKind
  readonly person?: string
  readonly trait?: Attributes
  readonly consent?: readonly string[]
}

export function personOptions(command: Command): Command {
  return command
    .option('--customer <identifier>', 'a customer of the running system: email address, user id, …')
    .option('--kind <kind>', 'what the identifier is; guessed otherwise')
    .option('--person <file>', 'a person from a file: her events, or what "customers export" printed')
    .addOption(
      new Option('--trait <name=value>', 'or somebody made up, with this trait (repeat)').argParser(collectAttribute),
    )
    .option('--consent <purpose...>', 'and only these consents, as in offers or offers/sms; everything otherwise')
}

interface Found {
  readonly person: Person
  /** The time of the system that she is from; absent for the machine's. */
  readonly now?: string
}

export async function personFor(flags: PersonFlags, { brand }: BrandFolder, command: Command): Promise<Found> {
  const { customer, kind, person, trait, consent } = flags
  if (customer !== undefined) {
    const { now, ...copy } = await copyCustomer(connect(command), customer, kind)
    return { person: copy, now }
  }
  if (person === undefined) return { person: invent(brand, { traits: trait, consent }) }
  return { person: readPerson(person) }
}

/** @throws InvalidInput when there is no such file, or nobody in it. */
export function readPerson(file: string): Person {
  if (!existsSync(file)) throw new InvalidInput('preview.no-file', `There is no file ${file}; name one with a person.`)
  const events = parseEvents(readFileSync(file, 'utf8'), file)
  const [first] = events
  const isCopy = typeof first === 'object' && first !== null && 'rows' in first
  return isCopy ? (first as Person) : { events }
}
