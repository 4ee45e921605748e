import type { Dispatch } from '#shared/dispatches/dispatch-row.ts'
import { isHeldForCare } from './care.ts'
import type { Run, StoryFacts } from './story-facts.ts'

/** What one can have her do. */
export type Suggestion = 'order' | 'skip' | 'open' | 'complain' | 'reply' | 'close'

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

/** How far her complaint has come, or else her latest order that began a journey; both can always be ignored. */
export function guideOf(facts: StoryFacts): Guide {
  const [order, complaint] = [latestRun(facts, 'order.started'), latestRun(facts, 'complaint.made')]
  const isOver = complaint?.endedAt !== undefined && (order?.enteredAt ?? 0) >= complaint.endedAt
  return complaint === undefined || isOver ? orderGuide(order, facts) : complaintGuide(complaint, order, facts)
}

function latestRun({ runs }: StoryFacts, type: string): Run | undefined {
  return runs
    .filter(({ entry }) => entry.type === type)
    .sort((a, b) => a.enteredAt - b.enteredAt)
    .at(-1)
}

function orderGuide(run: Run | undefined, facts: StoryFacts): Guide {
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
      ...guide(1, 'complain', 'She bought first, so the reminder never goes out. Now let her complain about it.'),
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

function guide(done: number, suggestion: Suggestion, hint: string, steps: readonly string[] = STEPS): Guide {
  const state = (index: number): GuideStep['state'] => (index < done ? 'done' : index === done ? 'now' : 'next')
  return { steps: steps.map((text, index) => ({ text, state: state(index) })), suggestion, hint }
}

const COMPLAINT_STEPS = ['She complains', 'Care answers', 'Care closes it', 'We ask how it was'] as const

function complaintGuide(run: Run, order: Run | undefined, { conversations, dispatches }: StoryFacts): Guide {
  const at = (done: number, suggestion: Suggestion, hint: string) => guide(done, suggestion, hint, COMPLAINT_STEPS)
  const conversation = conversations.at(-1)
  if (conversation?.state === 'waiting') {
    if (dispatches.some(isHeldForCare))
      return at(1, 'reply', 'The reminder is held, because she waits for us. Now answer her, below her thread.')
    if (order !== undefined && order.state !== 'ended' && !hasSent(order, dispatches))
      return at(1, 'skip', 'Skip the hour: the reminder that would go out now is held. Or answer her at once.')
    return at(1, 'order', 'Offers wait now. Start an order and see. Or answer her at once, below her thread.')
  }
  if (conversation?.state === 'answered')
    return at(2, 'close', 'She has her answer, and what was held may go out. Close it, and the journey goes on.')
  const asked = dispatches.some(
    ({ enrolment, sentAt = 0 }) => enrolment === run.id && sentAt > (conversation?.closedAt ?? sentAt),
  )
  if (asked) return at(4, 'order', 'Her words, our answer, what waited meanwhile: all of it is one thread.')
  return at(3, 'skip', 'It is closed, so the journey goes on. Skip on: a day later we ask how it was.')
}

function hasSent({ id }: Run, dispatches: readonly Dispatch[]): boolean {
  return dispatches.some(({ enrolment, sentAt }) => enrolment === id && sentAt !== undefined)
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
