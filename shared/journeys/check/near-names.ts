import type { Brand } from '../../brand/brand.ts'
import type { Problem } from '../../documents/document.ts'
import { nearest } from '../../documents/nearest.ts'
import { BUILT_IN } from '../../touchpoints/catalogue.ts'
import type { Journey } from '../journey.ts'
import { kindOf } from '../steps/catalog.ts'
import type { ReadJourney } from './check-folder.ts'
import { conditionsIn, linesOf } from './conditions-in.ts'
import type { Place } from './follow.ts'
import { placedSteps } from './placed-steps.ts'

interface Use {
  readonly name: string
  readonly at: Place
}

/**
 * Touchpoints and traits that are likely misspelt. Apps may send what they like, so a name is only doubted where the
 * brand declares what there is, or where it is a slip of the pen away from one that is used elsewhere.
 */
export function checkNearNames(journeys: readonly ReadJourney[], brand: Brand): readonly Problem[] {
  const emitted = journeys.flatMap(({ document }) => madeBy(document, 'emits'))
  const set = journeys.flatMap(({ document }) => madeBy(document, 'sets'))
  return [
    ...doubts(journeys, typesIn, {
      what: 'touchpoint',
      made: [...Object.keys(BUILT_IN), ...emitted],
      declared: Object.keys(brand.touchpoints),
    }),
    ...doubts(journeys, traitsIn, { what: 'trait', made: set, declared: brand.traits }),
  ]
}

interface Names {
  readonly what: string
  /** Names that Throughline or a journey makes. */
  readonly made: readonly string[]
  readonly declared: readonly string[]
}

function doubts(
  journeys: readonly ReadJourney[],
  usesIn: (journey: Journey) => readonly Use[],
  { what, made, declared }: Names,
): readonly Problem[] {
  const uses = journeys.flatMap(({ document, source }) => usesIn(document).map((use) => ({ ...use, source })))
  const counts = Map.groupBy(uses, ({ name }) => name)
  const known = new Set([...made, ...declared])
  const wellKnown = [...known, ...[...counts].flatMap(([name, { length }]) => (length > 1 ? [name] : []))]
  return uses.flatMap(({ name, at, source }) => {
    if (known.has(name)) return []
    const warn = (message: string, meant: string | undefined, otherwise?: string): Problem[] => [
      {
        ...source.problemAt(at, message, meant === undefined ? otherwise : `Did you mean "${meant}"?`),
        severity: 'warning',
      },
    ]
    if (declared.length > 0)
      return warn(`brand.yaml declares no ${what} "${name}".`, nearest(name, known), `Add it to "${what}s" there.`)
    if (counts.get(name)?.length !== 1) return []
    const meant = wellKnown.find((other) => isSlip(name, other))
    return meant === undefined ? [] : warn(`No other document speaks of a ${what} "${name}".`, meant)
  })
}

/** Written otherwise, with one letter too many or too few, two swapped, or without the end of the past tense. */
function isSlip(one: string, other: string): boolean {
  if (one === other || Math.min(one.length, other.length) < 5) return false
  if (plain(one) === plain(other)) return true
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  if (long === `${short}ed` || isOneLetterMore(short, long)) return true
  return [...one].some((_, index) => swapped(one, index) === other)
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[_-]/g, '')
}

function isOneLetterMore(short: string, long: string): boolean {
  return (
    long.length === short.length + 1 &&
    [...long].some((_, index) => long.slice(0, index) + long.slice(index + 1) === short)
  )
}

function swapped(text: string, index: number): string {
  return `${text.slice(0, index)}${text[index + 1] ?? ''}${text[index]}${text.slice(index + 2)}`
}

function typesIn(journey: Journey): readonly Use[] {
  const { enter, exit, goal, steps } = journey
  return [
    ...(enter.on.kind === 'touchpoint' ? [{ name: enter.on.type, at: ['enter', 'when'] }] : []),
    ...exit.flatMap(({ when }, index) => (when === undefined ? [] : [{ name: when, at: ['exit', index, 'when'] }])),
    ...(goal === undefined ? [] : [{ name: goal.when, at: ['goal', 'when'] }]),
    ...placedSteps(steps).flatMap(({ step, place }) =>
      (kindOf(step).awaits?.(step) ?? []).map(({ when }) => ({ name: when, at: place })),
    ),
    ...lines(journey).flatMap(({ at, line }) =>
      line.kind === 'did' || line.kind === 'did not' ? [{ name: line.type, at }] : [],
    ),
  ]
}

function traitsIn(journey: Journey): readonly Use[] {
  return lines(journey).flatMap(({ at, line }) => (line.kind === 'trait' ? [{ name: line.path[0] ?? '', at }] : []))
}

function lines(journey: Journey) {
  return conditionsIn(journey).flatMap(({ at, condition }) => linesOf(condition).map((line) => ({ at, line })))
}

function madeBy({ steps }: Journey, answer: 'emits' | 'sets'): readonly string[] {
  return placedSteps(steps).flatMap(({ step }) => kindOf(step)[answer]?.(step) ?? [])
}
