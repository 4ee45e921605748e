import { requireFree } from '../../conversations/claim.ts'
import { MOVED } from '../../conversations/converse.ts'
import { findConversation } from '../../conversations/find-conversation.ts'
import { liveBrand } from '../../dispatches/brand-documents.ts'
import { nearest } from '../../documents/nearest.ts'
import { InvalidInput } from '../../errors/errors.ts'
import { recordTouchpoints } from '../record-touchpoints.ts'
import type { RecordWorld } from '../recording.ts'

interface Assignment {
  readonly agent: string
  readonly team: string
  /** What the team is told. */
  readonly note?: string | undefined
}

/**
 * An agent gives a conversation to another team, where nobody has claimed it yet.
 * @throws InvalidInput when the brand has no such team; Conflict when another agent has it, or it is closed
 */
export async function assignConversation(
  world: RecordWorld,
  id: string,
  { agent, team, note }: Assignment,
): Promise<void> {
  const conversation = requireFree(await findConversation(world, id), agent)
  const { teams } = await liveBrand(world)
  if (!teams.includes(team)) throw noTeam(team, teams)
  const now = world.clock.now()
  await recordTouchpoints(world, [
    {
      id: world.ids.next(),
      type: MOVED,
      occurredAt: now,
      recordedAt: now,
      timed: true,
      channel: conversation.channel,
      direction: 'out',
      identifiers: { customerId: conversation.customer },
      properties: { by: agent, team, ...(note === undefined ? {} : { note }) },
      conversation: id,
      depth: 0,
      mode: 'live',
      source: 'conversations',
    },
  ])
}

function noTeam(team: string, teams: readonly string[]): InvalidInput {
  const near = nearest(team, teams)
  const remedy = near === undefined ? `it has ${teams.join(', ')}.` : `did you mean "${near}"?`
  return new InvalidInput('conversation.no-team', `brand.yaml has no team "${team}"; ${remedy}`)
}
