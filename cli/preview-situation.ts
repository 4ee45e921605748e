import { existsSync, readFileSync } from 'node:fs'
import { type Command, Option } from 'commander'
import { type Answer, readAnswer, readAnswers } from '#local/preview/answers.ts'
import type { EntryChoice } from '#local/preview/entry.ts'
import { InvalidInput } from '#shared/errors/errors.ts'
import type { BrandFolder } from '#shared/journeys/folder/brand-folder.ts'
import { parseInstant } from '#shared/time/instant.ts'
import { parseLocalMoment, startOf } from '#shared/time/local-moment.ts'
import type { Json } from '#shared/world/table.ts'
import { type Attributes, collectAttribute } from './attributes.ts'

export interface SituationFlags {
  readonly at?: string
  readonly property?: Attributes
  readonly channel?: string
  readonly entry?: string
  readonly answer?: readonly string[]
  readonly then?: readonly string[]
  readonly answers?: string
  readonly saved?: Attributes
}

export function situationOptions(command: Command): Command {
  return command
    .option('--at <time>', 'when she enters, as in "2026-12-24 09:00" in the brand’s zone; now otherwise')
    .addOption(
      new Option('--property <name=value>', 'a property of what lets her in (repeat)').argParser(collectAttribute),
    )
    .option('--channel <name>', 'where that happens, as in app or store')
    .option('--entry <file>', 'or a JSON file with its channel and properties')
    .option('--answer <text...>', 'what she does with a message, as in "welcome: opened after 2 hours" (repeat)')
    .option('--then <text...>', 'what else she does, as in "order.completed after 3 days {total: 40}" (repeat)')
    .option('--answers <file>', 'a YAML list of both')
    .addOption(new Option('--saved <name=json>', 'what a webhook answers (repeat)').argParser(collectAttribute))
}

interface Situation {
  readonly at: number
  readonly entry: EntryChoice
  readonly answers: readonly Answer[]
  readonly saved: Readonly<Record<string, Json>>
}

export function situationOf(
  flags: SituationFlags,
  { brand }: Pick<BrandFolder, 'brand'>,
  now: string | undefined,
): Situation {
  const { at, answer = [], then = [], answers, saved = {} } = flags
  return {
    at: at === undefined ? Date.parse(now ?? new Date().toISOString()) : instantOf(at, brand.defaultZone),
    entry: entryOf(flags),
    saved: saved as Situation['saved'], // read from JSON
    answers: [
      ...[...answer, ...then].map(readAnswer),
      ...(answers === undefined ? [] : readAnswers(readText(answers))),
    ],
  }
}

function instantOf(text: string, zone: string): number {
  const local = parseLocalMoment(text)
  const instant = local === undefined ? parseInstant(text) : startOf(local, zone)
  if (instant !== undefined) return instant
  throw new InvalidInput('preview.bad-time', `"${text}" is no time; write it as in "2026-12-24 09:00".`)
}

function entryOf({ entry, channel, property }: SituationFlags): EntryChoice {
  if (entry === undefined) return { channel, properties: property }
  const { channel: on, properties } = readJson(entry) as EntryChoice // what is wrong in it, the touchpoint's schema says
  return { channel: channel ?? on, properties: { ...properties, ...property } }
}

function readText(file: string): string {
  if (existsSync(file)) return readFileSync(file, 'utf8')
  throw new InvalidInput('preview.no-file', `There is no file ${file}; name one that is there.`)
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readText(file))
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause
    throw new InvalidInput('preview.no-json', `${file} is not JSON: ${cause.message}.`, { cause })
  }
}
