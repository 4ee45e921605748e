import { problemResponse } from './problem.ts'

export function unknownJourney(name: string): Response {
  const remedy = '"throughline journeys list" shows those there are.'
  return problemResponse(404, 'journey.not-published', `No journey "${name}" is published; ${remedy}`)
}

export function unknownSegment(name: string): Response {
  const remedy = '"throughline segments list" shows those there are.'
  return problemResponse(404, 'segment.unknown', `No segment "${name}" is published; ${remedy}`)
}
