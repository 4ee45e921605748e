import { describeProblem, type Reading } from '#shared/documents/document.ts'
import { type Journey, readJourney } from '#shared/journeys/journey.ts'

/** The reading of a journey for `offers` with these steps, entered by `order.started`; the steps begin in line 5. */
export function aJourneyReading(steps: string, head = ''): Reading<Journey> {
  const text = `journey: welcome\npurpose: offers\nenter: { when: order.started }\nsteps:\n${steps}\n${head}`
  return readJourney('welcome.yaml', text)
}

export function aJourney(steps: string): Journey {
  const reading = aJourneyReading(steps)
  if (!reading.ok) throw new Error(reading.problems.map(describeProblem).join('\n'))
  return reading.document
}
