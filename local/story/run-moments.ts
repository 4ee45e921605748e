import { allSteps } from '#shared/journeys/steps/name-steps.ts'
import type { SendStep } from '#shared/journeys/steps/send/send.ts'
import type { StepBase } from '#shared/journeys/steps/step-kind.ts'
import { type Moment, spoken } from './moment.ts'
import type { Run, StoryFacts } from './story-facts.ts'

/** The journey she went into, its goal, and how she left it. */
export function runMoments(run: Run, facts: StoryFacts): readonly Moment[] {
  const { id, journey, document, enteredAt, goalAt, goalValue } = run
  const name = spoken(journey)
  const moments: Moment[] = []
  const tone = 'quiet'
  if (run.reason !== 'holdout')
    moments.push({
      id: `entered-${id}`,
      at: enteredAt,
      tone,
      title: `Entered the journey “${name}”`,
      detail: document.description,
      reasons: [],
    })
  if (goalAt !== undefined) {
    const worth = goalValue === undefined ? undefined : `Worth €${goalValue.toFixed(2)}`
    moments.push({
      id: `goal-${id}`,
      at: goalAt,
      tone,
      title: `Reached the goal of “${name}”`,
      detail: worth,
      reasons: [],
    })
  }
  if (run.endedAt !== undefined) moments.push(endMoment(run, run.endedAt, facts))
  return moments
}

function endMoment(run: Run, at: number, { dispatches }: StoryFacts): Moment {
  const { id, journey, reason = 'completed', detail } = run
  const name = spoken(journey)
  const base = { id: `ended-${id}`, at, tone: 'quiet', reasons: [] } as const
  if (reason === 'completed') return { ...base, title: `Came to the end of “${name}”` }
  if (reason === 'restarted') return { ...base, title: `Began “${name}” anew` }
  if (reason === 'failed') return { ...base, title: `“${name}” broke off`, detail }
  if (reason === 'holdout')
    return {
      ...base,
      tone: 'prevented',
      title: `Kept out of “${name}”`,
      reasons: ['Nothing is sent because she is in its control group, by which its effect is measured.'],
    }
  const cause = reason === 'exited' ? happened(detail) : reason
  const unsent = dispatches.some((dispatch) => dispatch.enrolment === id && dispatch.sentAt !== undefined)
    ? undefined
    : firstMessage(run.document.steps)
  if (unsent === undefined) return { ...base, title: `Left “${name}”: ${cause}` }
  return {
    ...base,
    tone: 'prevented',
    title: `The ${unsent} will not go out`,
    detail: `Left the journey “${name}”`,
    reasons: [`Not sent because ${cause}. Every channel writes to one profile, so the journey knew at once.`],
  }
}

/** The touchpoint that ended a run, as the reason for it. */
function happened(type: string | undefined): string {
  if (type === 'order.completed') return 'she has bought meanwhile'
  return type === undefined || type === 'condition' ? 'it no longer applies to her' : `of “${spoken(type)}”`
}

function firstMessage(steps: readonly StepBase[]): string | undefined {
  const send = allSteps(steps).find((step): step is SendStep => step.kind === 'send')
  return send === undefined ? undefined : spoken(send.message)
}

export interface Waiting {
  readonly enrolment: string
  readonly journey: string
  readonly until?: number | undefined
  /** What happens then, as whole sentences. */
  readonly sentences: readonly string[]
}

/** What her open runs wait for. */
export function waitings({ runs }: StoryFacts): readonly Waiting[] {
  return runs
    .filter(({ state }) => state !== 'ended')
    .map((run) => ({
      enrolment: run.id,
      journey: spoken(run.journey),
      until: run.asleep?.until,
      sentences: sentencesOf(run),
    }))
}

function sentencesOf({ asleep, document }: Run): readonly string[] {
  const steps = allSteps(document.steps)
  // While a message is held, the machine sleeps in a state of its own that is named after the step.
  const index = steps.findIndex(
    ({ id }) => asleep !== undefined && (asleep.step === id || asleep.step === `${id} held`),
  )
  const step = steps[index]
  const next = step?.kind === 'wait' ? steps[index + 1] : step
  const send = next?.kind === 'send' ? (next as SendStep) : undefined
  const then = send === undefined ? [] : [`Then the ${spoken(send.message)} goes out${byChannels(send.by)}.`]
  const awaits = next?.kind === 'await' ? ['Waits to see what she does next.'] : []
  const exits = document.exit.flatMap(({ when }) =>
    when === undefined ? [] : [when === 'order.completed' ? 'she buys first, anywhere' : `${spoken(when)} comes first`],
  )
  return [...then, ...awaits, ...(exits.length === 0 ? [] : [`Unless ${exits.join(' or ')}.`])]
}

function byChannels(channels: readonly string[] | undefined): string {
  return channels === undefined ? '' : ` by ${channels.join(', or else ')}`
}
