import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type * as z from 'zod'
import { describeProblem, type Problem, readDocument } from '#shared/documents/document.ts'
import { mapOf } from '#shared/documents/fields.ts'
import { nearest } from '#shared/documents/nearest.ts'
import { Misconfigured } from '#shared/errors/errors.ts'
import { InstallationName, Settings } from './settings.ts'

const FILE = 'installations.yaml'

/** One stack: what installations.yaml says of it. */
export interface Installation extends Settings {
  readonly name: string
  /** The stack's name, and how the name of everything in it begins: `throughline-<name>`. */
  readonly stack: string
}

const Installations = mapOf(InstallationName, Settings).superRefine((all, context) => {
  for (const [path, message] of taken(Object.entries(all)))
    context.addIssue({ code: 'custom', path: [...path], message, params: { fix: 'Choose another.' } })
})

/** In the file's order. @throws Misconfigured with a line for each thing that is wrong: place, reason, remedy. */
export function readInstallations(
  text: string = readFileSync(join(import.meta.dirname, '..', FILE), 'utf8'),
): readonly Installation[] {
  const reading = readDocument(FILE, text, Installations)
  if (!reading.ok) throw wrong(reading.problems)
  return Object.entries(reading.document).map(([name, settings]) => installation(name, settings))
}

/** The one of this name. @throws Misconfigured */
export function findInstallation(name: string, installations = readInstallations()): Installation {
  const found = installations.find((one) => one.name === name)
  if (found !== undefined) return found
  const names = installations.map((one) => one.name)
  const meant = nearest(name, names)
  const remedy = meant === undefined ? `It has: ${names.join(', ') || 'none'}.` : `Did you mean "${meant}"?`
  throw new Misconfigured('infra.unknown-installation', `${FILE} has no installation "${name}". ${remedy}`)
}

function installation(name: string, settings: z.output<typeof Settings>): Installation {
  return { ...settings, name, stack: `throughline-${name}` }
}

type Entry = readonly [name: string, settings: z.output<typeof Settings>]

/** What only one installation in a region may have, whatever its account: where, of each later one, and who has it. */
function* taken(all: readonly Entry[]): Generator<readonly [path: readonly string[], message: string]> {
  const owners = new Map<string, string>()
  for (const [name, { region, signIn, domain }] of all)
    for (const [path, value] of [
      [[name, 'sign-in'], signIn?.prefix],
      [[name, 'domain'], domain?.name],
    ] as const) {
      if (value === undefined) continue
      const key = [region, path[1], value].join(' ')
      const owner = owners.get(key)
      if (owner !== undefined) yield [path, `${value} is what ${owner} has already, in the same region.`]
      owners.set(key, name)
    }
}

function wrong(problems: readonly Problem[]): Misconfigured {
  return new Misconfigured('infra.installations', problems.map(describeProblem).join('\n'))
}
