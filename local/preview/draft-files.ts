import { nearest } from '#shared/documents/nearest.ts'
import { InvalidInput } from '#shared/errors/errors.ts'
import type { Files } from '#shared/journeys/folder/brand-folder.ts'
import { journeysFrom, namedIn } from '#shared/journeys/folder/journey-folder.ts'
import { type Journey, readJourney } from '#shared/journeys/journey.ts'

const JOURNEY = /^journeys\/(.+)\.ya?ml$/
const MESSAGE = /^messages\/([^/]+)\//

/**
 * Of a brand's folder what one journey needs, so that a preview need not compile all messages, and a fault in another
 * journey is none of its business.
 * @throws InvalidInput when the folder has no such journey.
 */
export function draftFiles(files: Files, name: string): Files {
  const paths = new Map(Object.keys(files).flatMap((path) => namedBy(JOURNEY, path)))
  if (!paths.has(name)) throw unknownJourney(name, paths.keys())
  const read = (journey: string): Journey | undefined => {
    const path = paths.get(journey)
    const reading = path === undefined ? undefined : readJourney(path, files[path] ?? '')
    return reading?.ok === true ? reading.document : undefined
  }
  const journeys = journeysFrom(name, read)
  const messages = new Set([...journeys.values()].flatMap((journey) => namedIn(journey, 'message')))
  const isNeeded = (path: string): boolean => {
    const [journey] = namedBy(JOURNEY, path)
    if (journey !== undefined) return journey[0] === name || journeys.has(journey[0])
    const [message] = namedBy(MESSAGE, path)
    return message === undefined || messages.has(message[0])
  }
  return Object.fromEntries(Object.entries(files).filter(([path]) => isNeeded(path)))
}

export function unknownJourney(name: string, known: Iterable<string>): InvalidInput {
  const names = [...known].sort()
  const meant = nearest(name, names)
  const remedy = meant === undefined ? `There are ${names.join(', ') || 'none'}.` : `Did you mean ${meant}?`
  return new InvalidInput('preview.no-journey', `There is no journey "${name}". ${remedy}`)
}

function namedBy(pattern: RegExp, path: string): readonly (readonly [name: string, path: string])[] {
  const name = pattern.exec(path)?.[1]
  return name === undefined ? [] : [[name, path]]
}
