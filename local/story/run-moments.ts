import { allSteps } from '#shared/journeys/steps/name-steps.ts'
import type { SendStep } from '#shared/journeys/steps/send/send.ts'
import { MINUTE } from '#shared/time/duration.ts'
import { type Moment, spoken } from './moment.ts'
import type { Run, StoryFacts } from './story-facts.ts'

/** The journey she went into, its goal, and how she left it. */
export function runMoments(run: Run, facts: StoryFacts): readonly Moment[] {
  const { id, document, enteredAt, goalAt, endedAt, reason } = run
  const [tone, reasons, name] = ['quiet', [], `“${spoken(run.journey)}”`] as const
  const moments: Moment[] = []
  if (reason !== 'holdout')
    moments.push({
      id: `entered-${id}`,
      at: enteredAt,
      tone,
      title: `Entered ${name}`,
      detail: document.description,
      reasons,
    })
  if (goalAt !== undefined && !isToldAtEnd(run))
    moments.push({
      id: `goal-${id}`,
      at: goalAt,
      tone,
      title: `Reached the goal of ${name}`,
      detail: worthOf(run),
      reasons,
    })
  if (endedAt !== undefined) moments.push(endMoment(run, endOf(run, endedAt, facts), facts))
  return moments
}

/** After its last message, which goes out in the same moment. */
function endOf({ id }: Run, endedAt: number, { dispatches }: StoryFacts): number {
  const sent = dispatches.flatMap(({ enrolment, sentAt = 0 }) => (enrolment === id ? [sentAt + 1] : []))
  return Math.max(endedAt, ...sent)
}

/** What reaches the goal most often ends the run too. */
function isToldAtEnd({ goalAt, endedAt }: Run): boolean {
  return goalAt !== undefined && endedAt !== undefined && Math.abs(endedAt - goalAt) < MINUTE
}

function worthOf({ goalValue }: Run): string | undefined {
  return goalValue === undefined ? undefined : `Worth €${goalValue.toFixed(2)}`
}

function endMoment(run: Run, at: number, facts: StoryFacts): Moment {
  const { id, reason = 'completed', detail } = run
  const name = `“${spoken(run.journey)}”`
  const goal = isToldAtEnd(run)
    ? ['Its goal', worthOf(run)?.toLowerCase()].filter((part) => part !== undefined).join(', ')
    : undefined
  const base = { id: `ended-${id}`, at, tone: 'quiet', detail: goal, reasons: [] } as const
  if (reason === 'completed') return { ...base, title: `Came to the end of ${name}` }
  if (reason === 'restarted') return { ...base, title: `Began ${name} anew` }
  if (reason === 'failed') return { ...base, title: `${name} broke off`, detail }
  if (reason === 'holdout')
    return {
      ...base,
      tone: 'prevented',
      title: `Kept out of ${name}`,
      reasons: ['Nothing is sent because she is in its control group, by which its effect is measured.'],
    }
  const cause = reason === 'exited' ? causeOf(detail) : reason
  const unsent = unsentBy(run, facts)
  if (unsent === undefined) return { ...base, title: `Left ${name}: ${cause}` }
  return {
    ...base,
    tone: 'prevented',
    title: `The ${unsent} will not go out`,
    detail: `Left ${name}`,
    reasons: [`Not sent because ${cause}. Every channel writes to one profile, so the journey knew at once.`],
  }
}

/** The touchpoint that ended a run, as the reason for it. */
function causeOf(type: string | undefined): string {
  if (type === 'order.completed') return 'she has bought meanwhile'
  return type === undefined || type === 'condition' ? 'it no longer applies to her' : `of “${spoken(type)}”`
}

/** The first message of a run that sent nothing. */
function unsentBy({ id, document }: Run, { dispatches }: StoryFacts): string | undefined {
  if (dispatches.some(({ enrolment, sentAt }) => enrolment === id && sentAt !== undefined)) return undefined
  const send = allSteps(document.steps).find((step): step is SendStep => step.kind === 'send')
  return send === undefined ? undefined : spoken(send.message)
}
