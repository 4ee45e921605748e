import { globSync, readFileSync } from 'node:fs'
import type { Command, Option } from 'commander'
import { describe, expect, it } from 'vitest'
import { program } from './program.ts'

const PAGES = globSync(['README.md', 'CONTRIBUTING.md', 'docs/**/*.md']).sort()

/** A line of a shell, without its comment; what is broken by `\` is one line. */
const TYPED = /^(?:npx )?throughline (.+?)(?:\s+#.*)?$/gm
const MENTIONED = /`(?:npx )?throughline\s([^`]+)`/g
/** A word may be quoted, or stand for something else: `<id>`. */
const WORD = /(?:[^\s"<]|"[^"]*"|<[^>]*>)+/g

/** Each command that a page tells to type, as `[page, words]`. */
const COMMANDS = PAGES.flatMap((page) => {
  const text = readFileSync(page, 'utf8').replaceAll(/\\\n\s*/g, '')
  const blocks = [...text.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block)
  const typed = blocks.flatMap((block) => [...block.matchAll(TYPED)])
  const mentioned = [...text.replaceAll(/```.*?```/gs, '').matchAll(MENTIONED)]
  return [...typed, ...mentioned].map(([, words = '']) => [page, words.replaceAll(/\s+/g, ' ')] as const)
})

interface Read {
  readonly command: Command
  readonly given: readonly string[]
  readonly unknown: readonly string[]
}

function read(words: readonly string[]): Read {
  const root = program()
  const [first, ...others] = words
  const below = root.commands.find((one) => one.name() === first)
  const [second, ...rest] = others
  const inside = below?.commands.find((one) => one.name() === second)
  if (below === undefined) return { command: root, ...split(root, words) }
  return inside === undefined
    ? { command: below, ...split(below, others) }
    : { command: inside, ...split(inside, rest) }
}

/** What is given, and options that are not known; those that are take their value with them. */
function split(command: Command, words: readonly string[]): Pick<Read, 'given' | 'unknown'> {
  const known = new Map(optionsOf(command).map((option) => [option.long, option]))
  const given: string[] = []
  const unknown: string[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (!word.startsWith('--')) given.push(word)
    else if (known.get(word)?.required) at++
    else if (!known.has(word) && word !== '--help') unknown.push(word)
  }
  return { given, unknown }
}

function optionsOf(command: Command): readonly Option[] {
  return command.parent === null ? command.options : [...command.options, ...optionsOf(command.parent)]
}

/** A mention may leave out what it is about, but not a part of it. */
function fits({ command, given }: Read): boolean {
  const { registeredArguments: all } = command
  const least = given.length === 0 ? 0 : all.filter(({ required }) => required).length
  const most = all.some(({ variadic }) => variadic) ? Number.POSITIVE_INFINITY : all.length
  return given.length >= least && given.length <= most
}

describe('the docs tell to type what there is', () => {
  it.each(COMMANDS)('%s: throughline %s', (_, text) => {
    const found = read(text.match(WORD) ?? [])
    expect(found.unknown).toEqual([])
    expect(fits(found), `${found.command.name()} takes ${found.given.join(' ')}`).toBe(true)
  })

  it('often', () => {
    expect(COMMANDS.length).toBeGreaterThan(80)
  })
})
