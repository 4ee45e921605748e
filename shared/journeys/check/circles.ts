import type { Problem } from '../../documents/document.ts'
import { MAX_DEPTH } from '../../touchpoints/touchpoint.ts'
import type { Journey } from '../journey.ts'
import { kindOf, pathsOf } from '../steps/catalog.ts'
import type { ReadJourney } from './check-folder.ts'
import { type Placed, waysOf } from './follow.ts'
import { placedSteps } from './placed-steps.ts'

/** A step of one journey that lets a customer into another, or into the same. */
interface Link {
  readonly from: ReadJourney
  readonly to: ReadJourney
  readonly at: Placed
}

/** Journeys do not let a customer into each other for ever. */
export function checkCircles(journeys: readonly ReadJourney[]): readonly Problem[] {
  const doors = doorsOf(journeys)
  const links = journeys.flatMap((from) => linksOf(from, doors))
  const told = new Set<string>()
  return links.flatMap((link) => {
    const back = wayBack(link, links)
    if (back === undefined) return []
    const circle = [link, ...back]
    const key = circle
      .map(({ from }) => nameOf(from))
      .sort()
      .join(' ')
    if (told.has(key) || circle.some(({ to }) => admitsOnce(to.document))) return []
    told.add(key)
    return [circleProblem(circle)]
  })
}

function linksOf(from: ReadJourney, doors: Doors): readonly Link[] {
  return placedSteps(from.document.steps).flatMap((at) => {
    const { references, emits } = kindOf(at.step)
    const started = references(at.step).flatMap(({ kind, name }) => (kind === 'journey' ? [name] : []))
    const sends = waysOf(at.step).some((way) => (way.sends ?? []).length > 0)
    const types = [...(emits?.(at.step) ?? []), ...(sends ? FEEDBACK : [])]
    const entered = [
      ...started.flatMap((name) => doors.byName.get(name) ?? []),
      ...types.flatMap((type) => doors.byType.get(type) ?? []),
    ]
    return entered.map((to) => ({ from, to, at }))
  })
}

/** The journeys by what lets a customer in. */
interface Doors {
  readonly byName: ReadonlyMap<string, readonly ReadJourney[]>
  readonly byType: ReadonlyMap<string, readonly ReadJourney[]>
}

function doorsOf(journeys: readonly ReadJourney[]): Doors {
  return {
    byName: Map.groupBy(journeys, nameOf),
    byType: Map.groupBy(journeys, ({ document: { enter } }) => (enter.on.kind === 'touchpoint' ? enter.on.type : '')),
  }
}

/** What comes back from every message without anybody doing anything. */
const FEEDBACK = ['message.sent', 'message.delivered']

/** The fewest links from where one leads back to where it begins. */
function wayBack({ from, to }: Link, links: readonly Link[]): readonly Link[] | undefined {
  const ways = new Map<ReadJourney, readonly Link[]>([[to, []]])
  // A map goes on to what is added to it meanwhile.
  for (const [here, way] of ways) {
    if (here === from) return way
    for (const link of links) if (link.from === here && !ways.has(link.to)) ways.set(link.to, [...way, link])
  }
  return undefined
}

/** Once for each customer, or for each key that is handed on. */
function admitsOnce({ enter }: Journey): boolean {
  return enter.again === Number.MAX_SAFE_INTEGER || enter.key !== undefined
}

function circleProblem(circle: readonly Link[]): Problem {
  const names = [...circle.map(({ from }) => nameOf(from)), nameOf(circle[0]?.from)].join(' → ')
  const [first] = circle as [Link] // a circle has a link at the least
  const isSure = circle.every(isSureAndInstant)
  const stops = `Throughline stops it after ${MAX_DEPTH} rounds`
  const problem = first.from.source.problemAt(
    first.at.place,
    `${isSure ? 'This never ends' : 'This may go round and round'}: ${names}; ${stops}.`,
    'Say "again: never" in one of them, or ask something before it.',
  )
  return {
    ...problem,
    ...(isSure ? {} : { severity: 'warning' }),
    trail: circle.flatMap(({ from, at }) => [`enter ${nameOf(from)}`, kindOf(at.step).describe(at.step)]),
  }
}

/** Everybody who enters gets there, without any time passing, and may be let in again at once. */
function isSureAndInstant({ from, at, to }: Link): boolean {
  const { enter, exit, steps } = from.document
  const before = steps.slice(0, steps.indexOf(at.step))
  return (
    steps.includes(at.step) &&
    exit.length === 0 &&
    enter.where === undefined &&
    enter.if === undefined &&
    to.document.enter.again === 0 &&
    before.every((step) => pathsOf(step).length === 0 && waysOf(step).length === 1 && waysOf(step)[0]?.most === 0)
  )
}

function nameOf(journey: ReadJourney | undefined): string {
  return journey?.document.journey ?? ''
}
