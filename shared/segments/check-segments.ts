import type { Problem, Source } from '../documents/document.ts'
import { nearest } from '../documents/nearest.ts'
import { type Condition, kindOf } from './condition.ts'
import { contradict } from './contradiction.ts'
import { needs } from './needs.ts'
import { valueAt } from './path.ts'
import type { SegmentDocument } from './segment.ts'

/** A segment that reads well by itself, and where it stands. */
export interface WrittenSegment {
  readonly document: SegmentDocument
  readonly source: Source
}

/** What is wrong with segments that read well by themselves: they ask what nobody can know, or go round in a circle. */
export function checkSegments(
  segments: Readonly<Record<string, WrittenSegment>>,
  known: readonly string[],
): readonly Problem[] {
  return Object.entries(segments).flatMap(([name, { document, source }]) => {
    const problems = linesAt(document.if, valueAt(source.value, ['if']), ['if']).flatMap(({ line, path }) => {
      const wrong = problemOf(line, known)
      return wrong === undefined ? [] : [source.problemAt(path, ...wrong)]
    })
    if (contradict([{ condition: document.if, holds: true }]))
      problems.push(source.problemAt(['if'], 'Nobody can be in this segment: it contradicts itself.', 'Change it.'))
    const circle = circleFrom(name, segments)
    if (circle === undefined) return problems
    const round = circle.map((one) => `"${one}"`).join(' → ')
    return [...problems, source.problemAt(['if'], `It depends on itself: ${round}.`, 'Take one of these out.')]
  })
}

type Path = readonly (string | number)[]

/** The lines of a condition and where they are written: under `all`, `any` or `none`, or in a list. */
function linesAt(
  condition: Condition,
  written: unknown,
  path: Path,
): readonly { readonly line: Condition; readonly path: Path }[] {
  if (!('of' in condition)) return [{ line: condition, path: [...path, condition.kind] }]
  const key = Array.isArray(written) ? [] : [condition.kind]
  const list = valueAt(written, key)
  return condition.of.flatMap((part, index) => linesAt(part, valueAt(list, [String(index)]), [...path, ...key, index]))
}

function problemOf(line: Condition, known: readonly string[]): [message: string, fix: string] | undefined {
  const asked = kindOf(line).needs?.(line, needs)
  if (asked === undefined) return undefined
  if (asked.entry === true)
    return ['A segment has no run, so there is no entry and nothing saved.', 'Ask for a trait, or for what she did.']
  if (asked.inView === true)
    return ['A segment speaks of no single touchpoint.', 'Say which: { did: …, where: { property: … } }.']
  if (asked.messages?.some(({ withinMs }) => withinMs === undefined) === true)
    return ['A segment has no run whose message this could be.', 'Add a window, as in "in the last: 30 days".']
  const unknown = asked.segments?.find((name) => !known.includes(name))
  return unknown === undefined ? undefined : noSegment(unknown, known)
}

function noSegment(name: string, known: readonly string[]): [message: string, fix: string] {
  const near = nearest(name, known)
  const fix = near === undefined ? `Write segments/${name}.yaml.` : `Did you mean "${near}"?`
  return [`There is no segment "${name}".`, fix]
}

/** The way from a segment back to itself. */
function circleFrom(
  name: string,
  segments: Readonly<Record<string, WrittenSegment>>,
  way: readonly string[] = [name],
): readonly string[] | undefined {
  const here = segments[way.at(-1) ?? name]
  for (const next of here === undefined ? [] : needs(here.document.if).segments) {
    if (next === name) return [...way, name]
    const found = way.includes(next) ? undefined : circleFrom(name, segments, [...way, next])
    if (found !== undefined) return found
  }
  return undefined
}
