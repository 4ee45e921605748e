import { allSteps } from '#shared/journeys/steps/name-steps.ts'
import type { SendStep } from '#shared/journeys/steps/send/send.ts'
import { spoken, spokenChannel } from './moment.ts'
import type { Run, StoryFacts } from './story-facts.ts'
import { whenOf } from './wall-time.ts'

/** What one of her open runs waits for. */
export interface Waiting {
  readonly enrolment: string
  /** `“abandoned order” waits until 15:20.` */
  readonly what: string
  /** What comes after, as whole sentences. */
  readonly then: string
}

export function waitingsOf(facts: StoryFacts): readonly Waiting[] {
  return facts.runs.filter(({ state }) => state !== 'ended').map((run) => waitingOf(run, facts))
}

function waitingOf({ id, journey, asleep, document }: Run, { zone, now }: StoryFacts): Waiting {
  const steps = allSteps(document.steps)
  // While a message is held, the machine sleeps in a state of its own that is named after the step.
  const index = steps.findIndex(
    (step) => asleep !== undefined && (asleep.step === step.id || asleep.step === `${step.id} held`),
  )
  const step = steps[index]
  const next = step?.kind === 'wait' ? steps[index + 1] : step
  const until = asleep?.until === undefined ? '' : ` until ${whenOf(asleep.until, zone, now)}`
  const forWhat = next === undefined ? '' : (FOR_WHAT[next.kind] ?? '')
  const then = next?.kind === 'send' ? sentenceOf(next as SendStep, exitsOf({ document })) : ''
  return { enrolment: id, what: `“${spoken(journey)}” waits${until}${forWhat}.`, then }
}

const FOR_WHAT: Readonly<Record<string, string>> = {
  await: ' to see what she does next',
  'hand over': ' for the end of the conversation',
}

function sentenceOf({ message, by }: SendStep, exits: readonly string[]): string {
  const channels = by === undefined ? '' : ` by ${by.map(spokenChannel).join(', or else ')}`
  const unless = exits.length === 0 ? '' : `, unless ${exits.join(' or ')}`
  return `Then the ${spoken(message)} goes out${channels}${unless}.`
}

function exitsOf({ document }: Pick<Run, 'document'>): readonly string[] {
  return document.exit.flatMap(({ when }) => {
    if (when === undefined) return []
    return [when === 'order.completed' ? 'she buys first, here or in the store' : `“${spoken(when)}” comes first`]
  })
}
