import type { Dispatch } from '#shared/dispatches/dispatch-row.ts'
import type { Run, StoryFacts } from './story-facts.ts'

/** What one can have her do. */
export type Suggestion = 'order' | 'skip' | 'open'

export interface GuideStep {
  readonly text: string
  readonly state: 'done' | 'now' | 'next' | 'passed'
}

/** The way through the story that is suggested, and how far one has come. */
export interface Guide {
  readonly steps: readonly GuideStep[]
  readonly suggestion: Suggestion
  /** One sentence: what to try now. */
  readonly hint: string
}

const STEPS = ['Start an order', 'Skip the wait', 'The reminder arrives', 'Open it'] as const

/** How far her latest order has come that began a journey; it can always be ignored, and begun again. */
export function guideOf(facts: StoryFacts): Guide {
  const run = facts.runs
    .filter(({ entry }) => entry.type === 'order.started')
    .sort((a, b) => a.enteredAt - b.enteredAt)
    .at(-1)
  if (run === undefined) return guide(0, 'order', 'Start an order on her phone, and leave it there.')
  const dispatch = facts.dispatches
    .filter(({ enrolment }) => enrolment === run.id)
    .sort((a, b) => a.decidedAt - b.decidedAt)[0]
  return dispatch === undefined || dispatch.state === 'held' || dispatch.state === 'claimed'
    ? waiting(run, dispatch)
    : decided(dispatch)
}

function waiting({ state, reason }: Run, held: Dispatch | undefined): Guide {
  if (reason === 'holdout')
    return guide(1, 'order', 'She is in the control group of this journey, so it sends her nothing.')
  if (state === 'ended')
    return {
      ...guide(1, 'order', 'She bought first, so the reminder never goes out. Now start another order, and wait.'),
      steps: given(),
    }
  if (held !== undefined)
    return guide(
      1,
      'skip',
      'The reminder is held, for the reason in the thread. Skip on, or buy in the store meanwhile.',
    )
  return guide(1, 'skip', 'Skip the wait. Or buy in the store first, and the reminder never goes out.')
}

function decided({ state, sentAt, openedAt, clickedAt }: Dispatch): Guide {
  if (sentAt === undefined) return guide(2, 'order', `The reminder was ${state}; the thread says why.`)
  if ((openedAt ?? clickedAt) === undefined) return guide(3, 'open', 'It is here. Open it.')
  return guide(4, 'order', 'Now the other way: start an order, then buy in the store before the hour is over.')
}

function guide(done: number, suggestion: Suggestion, hint: string): Guide {
  const state = (index: number): GuideStep['state'] => (index < done ? 'done' : index === done ? 'now' : 'next')
  return { steps: STEPS.map((text, index) => ({ text, state: state(index) })), suggestion, hint }
}

/** She bought before the hour was over. */
function given(): readonly GuideStep[] {
  return [
    { text: STEPS[0], state: 'done' },
    { text: 'Bought in the store', state: 'done' },
    { text: STEPS[2], state: 'passed' },
    { text: STEPS[3], state: 'passed' },
  ]
}
