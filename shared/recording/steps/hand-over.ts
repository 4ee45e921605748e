import * as z from 'zod'
import { conversationKey, currentConversation } from '../../conversations/conversation.ts'
import { CLOSED, conversationId, MOVED, OPENED } from '../../conversations/converse.ts'
import { Impossible, InvalidInput } from '../../errors/errors.ts'
import { enrolmentKey, readEnrolment } from '../../journeys/runs/enrolment.ts'
import { idOfStep, TaskInput } from '../../journeys/runs/run.ts'
import { openRun } from '../../journeys/runs/run-guard.ts'
import { waitFor } from '../../journeys/steps/await/await-touchpoint.ts'
import { fillerFor } from '../../journeys/steps/fill-texts.ts'
import { findStep } from '../../journeys/steps/find-step.ts'
import type { HandOverStep } from '../../journeys/steps/hand-over/hand-over.ts'
import { journeyVersion } from '../../journeys/versions/live.ts'
import type { Profile } from '../../profiles/profile.ts'
import { loadProfile } from '../../profiles/store.ts'
import { readTimelineItem, timelineKey } from '../../profiles/timeline-row.ts'
import type { Touchpoint } from '../../touchpoints/touchpoint.ts'
import type { World } from '../../world/world.ts'
import { recordTouchpoints } from '../record-touchpoints.ts'
import type { RecordWorld } from '../recording.ts'

export const HandOverInput = TaskInput.extend({
  /** ISO 8601: when the run came to the step. */
  at: z.string(),
  /** Absent where the run does not wait for the end of the conversation. */
  token: z.string().optional(),
  attempt: z.number().int().default(0),
})

type HandOverInput = z.infer<typeof HandOverInput>

interface HandedOver {
  readonly outcome: 'handed-over' | 'waiting' | 'came-already'
}

/** The task of a `hand over` step: a conversation for its team, and, where it says so, the wait for its end. */
export async function handOver(input: HandOverInput, world: RecordWorld): Promise<HandedOver> {
  const { content } = await journeyVersion(world, input.journey, input.version)
  const step = findStep<HandOverStep>(content.document.steps, input.step)
  const profile = await loadProfile(world, input.customer)
  openRun(profile, input)
  if (profile === undefined) throw new Impossible('run.no-profile', 'An open run has no profile.')
  const conversation = (await handedOverBefore(world, input, profile)) ?? (await begin(world, input, step, profile))
  const { token } = input
  if (step.within === undefined || token === undefined) return { outcome: 'handed-over' }
  const awaiting = { cases: [{ when: CLOSED }], within: step.within, conversation }
  return waitFor(world, { ...input, token, since: 0 }, awaiting)
}

function touchpointId(input: HandOverInput): string {
  return idOfStep('hand over', input)
}

/** An earlier try of this task has done it; she may have been merged since. */
async function handedOverBefore(
  { table }: Pick<World, 'table'>,
  input: HandOverInput,
  { id, aliases }: Profile,
): Promise<string | undefined> {
  const own = { id: touchpointId(input), occurredAt: Date.parse(input.at) }
  const items = await table.getMany([id, ...aliases].map((customer) => timelineKey(customer, own)))
  const row = items.find((item) => item !== undefined)
  return row === undefined ? undefined : readTimelineItem(row).conversation
}

async function begin(world: RecordWorld, input: HandOverInput, step: HandOverStep, profile: Profile): Promise<string> {
  const item = await world.table.get(enrolmentKey(input.customer, input.enrolment))
  if (item === undefined)
    throw new Impossible('run.no-enrolment', 'A machine runs for an enrolment that is not stored.')
  const enrolment = readEnrolment(item)
  const note = step.note === undefined ? undefined : (await fillerFor(world, profile, enrolment)).text(step.note)
  const open = await joinable(world, input, step, profile)
  const conversation = open ?? conversationId('hand over', touchpointId(input))
  const touchpoint: Touchpoint = {
    id: touchpointId(input),
    type: open === undefined ? OPENED : MOVED,
    occurredAt: Date.parse(input.at),
    recordedAt: world.clock.now(),
    timed: true,
    channel: 'journey',
    direction: 'in',
    identifiers: { customerId: profile.id },
    properties: {
      by: input.journey,
      team: step.team,
      mute: step.mute,
      from: enrolment.entry.channel,
      ...(note === undefined ? {} : { note }),
    },
    conversation,
    causedBy: input.enrolment,
    step: { id: step.id, run: input.run, occurrence: input.occurrence, waits: step.within !== undefined },
    depth: (enrolment.entry.depth ?? 0) + 1,
    mode: 'live',
    source: 'journey',
  }
  const [recorded] = await recordTouchpoints(world, [touchpoint])
  if (recorded?.outcome === 'rejected') throw new InvalidInput('hand-over.not-recorded', recorded.reason)
  return conversation
}

/**
 * The open conversation that the hand over goes on with: one that no team has yet, or this team, or that this very run
 * handed over before. What another team is at is another matter.
 */
async function joinable(
  { table }: Pick<World, 'table'>,
  { enrolment }: HandOverInput,
  { team }: HandOverStep,
  profile: Profile,
): Promise<string | undefined> {
  const id = currentConversation(profile)
  const open = id === undefined ? undefined : profile.conversations[id]
  if (id === undefined || open === undefined) return undefined
  if (open.team === undefined || open.team === team) return id
  const row = await table.get(conversationKey(open.home ?? profile.id, id))
  return row?.enrolment === enrolment ? id : undefined
}
