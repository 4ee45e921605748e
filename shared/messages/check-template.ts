import { LiquidError, type Variable } from 'liquidjs'
import type { Brand } from '../brand/brand.ts'
import type { SourceText } from '../channels/source-text.ts'
import type { Problem } from '../documents/document.ts'
import { globalsOf, parseTemplate } from './liquid.ts'
import { brandVariables, LINK_NAMES, OPEN_ROOTS } from './variables.ts'

export interface Vocabulary {
  readonly brand: Brand
  /** The small tables of the brand folder, by name. */
  readonly tables: readonly string[]
}

/** Mistakes in the Liquid of a text: its grammar, its filters, and variables that nobody fills. */
export function checkTemplate(source: SourceText, vocabulary: Vocabulary): readonly Problem[] {
  try {
    const lines = source.text.split('\n')
    const known = knownNames(vocabulary)
    return globalsOf(parseTemplate(source.text, 'text'))
      .filter((variable) => !hasDefault(variable, lines) && !isKnown(variable.segments, known))
      .map(({ segments, location: { row, col } }) => unknownVariable(source, segments, row, col, known))
  } catch (error) {
    if (!LiquidError.is(error)) throw error
    return [grammarProblem(source, error)]
  }
}

/** What is wrong with the grammar of a text by itself; undefined when nothing is. */
export function templateMistake(text: string): string | undefined {
  try {
    parseTemplate(text, 'text')
    return undefined
  } catch (error) {
    if (!LiquidError.is(error)) throw error
    return wordsOf(error)
  }
}

/** Variables of a sound text of a step that nobody fills; such a text knows no links and no message. */
export function strayVariables(text: string, { brand, tables }: Vocabulary): readonly string[] {
  const { links: _links, message: _message, ...known } = knownNames({ brand, tables })
  const lines = text.split('\n')
  return globalsOf(parseTemplate(text, 'text'))
    .filter((variable) => !hasDefault(variable, lines) && !isKnown(variable.segments, known))
    .map(({ segments }) => segments.map(String).join('.'))
}

/** What a sound text takes of the run, as `saved.offer`: without a default, and without asking first whether it is there. */
export function runVariables(text: string): readonly string[] {
  const lines = text.split('\n')
  const asked = [...text.matchAll(/\{%-?\s*(?:if|elsif|unless|case)\b.*?%\}/gs)].map(([tag]) => tag).join(' ')
  const paths = globalsOf(parseTemplate(text, 'text'))
    .filter((variable) => !hasDefault(variable, lines))
    .map(({ segments }) => segments.slice(0, 2))
    .filter(([root, name]) => (root === 'entry' || root === 'saved') && typeof name === 'string')
    .map((segments) => segments.join('.'))
  return [...new Set(paths)].filter((path) => !asked.includes(path))
}

/** A tree of names; `true` where anything may follow. */
type Names = { readonly [name: string]: Names | true }

function knownNames({ brand, tables }: Vocabulary): Names {
  const open = [...OPEN_ROOTS, ...tables].map((root) => [root, true] as const)
  const links = Object.fromEntries(LINK_NAMES.map((name) => [name, true] as const))
  return { ...Object.fromEntries(open), brand: namesIn(brandVariables(brand)), links, message: { name: true } }
}

function namesIn(value: object): Names {
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, typeof part === 'object' ? namesIn(part) : true] as const),
  )
}

function isKnown(segments: Variable['segments'], names: Names | true): boolean {
  const [first, ...rest] = segments
  if (first === undefined || names === true) return true
  // A name that comes out of another variable is only known when the message is rendered.
  if (typeof first === 'object') return true
  return Object.hasOwn(names, first) && isKnown(rest, names[first] ?? true)
}

/** `{{ customer.nickname | default: "you" }}`: whoever gives a default expects that there may be no value. */
function hasDefault({ location: { row, col } }: Variable, lines: readonly string[]): boolean {
  return /^[\w.[\]'"-]+\s*\|\s*default\b/.test((lines[row - 1] ?? '').slice(col - 1))
}

function unknownVariable(source: SourceText, segments: Variable['segments'], row: number, col: number, known: Names) {
  const path = segments.map(String).join('.')
  const [root] = segments
  const inside = typeof root === 'string' && Object.hasOwn(known, root) ? known[root] : undefined
  const choices = Object.keys(inside === undefined || inside === true ? known : inside)
  const beginning = inside === undefined ? '' : `${String(root)}.`
  const fix = `Known are ${choices.map((name) => `${beginning}${name}`).join(', ')}; or give it a default: {{ ${path} | default: "" }}.`
  return source.problemAt(row, col, `Nothing fills "${path}".`, fix)
}

function grammarProblem(source: SourceText, error: LiquidError): Problem {
  const [row, column] = error.token.getPosition()
  const message = wordsOf(error)
  const fix = message.includes('tag "include"') ? "Write {% include 'footer' %}, with a name in quotes." : undefined
  return source.problemAt(row ?? 1, column, message, fix)
}

/** Without the place, which a problem says in its own way. */
function wordsOf(error: LiquidError): string {
  return `${(error.originalError?.message ?? error.message).replace(/, (line|file):.*$/s, '')}.`
}
