import type { Brand } from '../../brand/brand.ts'
import { keywordOn } from '../../channels/sms/keywords.ts'
import { answerItem } from '../../conversations/answer-row.ts'
import { conversationId } from '../../conversations/converse.ts'
import { BRAND } from '../../dispatches/brand-documents.ts'
import { ANSWER, CONFIRMATION } from '../../dispatches/built-in-messages.ts'
import { livePublished } from '../../documents/published.ts'
import { isChannelStopped } from '../../profiles/consent.ts'
import type { Profile } from '../../profiles/profile.ts'
import { readTimeline } from '../../profiles/timeline.ts'
import type { TimelineRow } from '../../profiles/timeline-row.ts'
import { MINUTE } from '../../time/duration.ts'
import { isLive, type Touchpoint } from '../../touchpoints/touchpoint.ts'
import type { Write } from '../../world/table.ts'
import type { World } from '../../world/world.ts'

/** Whoever asks for help again so soon has the answer before her. */
const ONCE_IN = 10 * MINUTE

interface Asked {
  readonly before: Profile
  readonly touchpoint: Touchpoint
  /** What the same commit has brought before. */
  readonly justNow: readonly TimelineRow[]
}

/** HELP is answered with where to write, STOP is confirmed once; the row is sent by whoever attends to what is due. */
export async function answerToKeyword(
  world: Pick<World, 'table' | 'clock'>,
  { before, touchpoint, justNow }: Asked,
): Promise<readonly Write[]> {
  const { channel, properties, id, occurredAt } = touchpoint
  if (touchpoint.type !== 'message.answered' || channel !== 'sms' || !isLive(touchpoint)) return []
  const keyword = keywordOn(channel, properties.text)
  if (keyword !== 'help' && keyword !== 'stop') return []
  if (keyword === 'stop' && isChannelStopped(before.consent, channel)) return []
  const brand = (await livePublished<Brand>(world, 'brand')).get(BRAND)?.content
  if (brand === undefined) return []
  const sinceAt = occurredAt - ONCE_IN
  const asked = [...justNow, ...(await readTimeline(world, before, { sinceAt }))]
  const askedBefore = (row: TimelineRow): boolean =>
    row.id !== id &&
    row.type === 'message.answered' &&
    row.occurredAt >= sinceAt &&
    keywordOn(row.channel, row.properties.text) === keyword
  if (asked.some(askedBefore)) return []
  const { email } = brand.senders
  const answer = {
    id: conversationId('keyword', before.id, id),
    customer: before.id,
    message: keyword === 'help' ? 'help-answer' : 'stop-confirmation',
    purpose: keyword === 'help' ? ANSWER : CONFIRMATION,
    channels: [channel],
    entry: { contact: email?.replyTo ?? email?.address ?? brand.legal.address },
  }
  return [{ put: answerItem(answer, world.clock.now()) }]
}
