import { DAY, describeDuration } from '../../time/duration.ts'
import { longestStay } from '../longest-stay.ts'
import type { Check } from './finding.ts'
import { eventsOf } from './history.ts'

/** Quotas of Step Functions: an execution's life, its history, and the text of a state machine. */
const LONGEST = 365 * DAY
const MOST_EVENTS = 25_000
const MOST_BYTES = 1_048_576

/** A run fits into one execution, whichever path it takes. */
export const checkSize: Check = function* ({ journey, machine }) {
  const at = ['steps']
  const stay = longestStay(journey.steps)
  if (stay > LONGEST)
    yield {
      at,
      message: `The longest path lasts ${describeDuration(stay)}; a run ends after a year at the latest.`,
    }
  const { usual, most } = eventsOf(journey.steps)
  if (most > MOST_EVENTS)
    yield {
      at,
      ...(usual > MOST_EVENTS ? {} : { severity: 'warning' }),
      message: `The longest path makes ${most} entries in the history of a run${usual > MOST_EVENTS ? '' : ', if every message is held as often as may be'}; ${MOST_EVENTS} are the most.`,
      fix: 'Repeat fewer times, or start another journey for the rest.',
    }
  const bytes = Buffer.byteLength(JSON.stringify(machine ?? {}))
  if (bytes > MOST_BYTES)
    yield {
      at,
      message: `The journey becomes a machine of ${Math.ceil(bytes / 1_024)} KB; 1024 KB are the most.`,
      fix: 'Make two journeys of it, one of which starts the other.',
    }
}
