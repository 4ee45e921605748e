import { hourOf } from '#local/story/wall-time.ts'
import type { System } from '#local/system.ts'
import type { Enrolment } from '#shared/journeys/runs/enrolment.ts'
import { readTimeline } from '#shared/profiles/timeline.ts'
import type { TimelineRow } from '#shared/profiles/timeline-row.ts'
import { columns } from './columns.ts'
import type { Tally } from './tally.ts'

interface Line {
  readonly at: number
  readonly channel: string
  readonly what: string
  readonly detail: string
}

/** All that one customer did and got on a day, over all channels, as anybody in the company sees it. */
export async function threadOf(
  { world, outbox }: System,
  { profiles, enrolments }: Tally,
  { userId, from, zone }: { readonly userId: string; readonly from: number; readonly zone: string },
): Promise<string> {
  const profile = profiles.find(({ identifiers }) => identifiers.userId?.[0]?.[0] === userId)
  if (profile === undefined) return ''
  const homes = [profile.id, ...profile.aliases]
  const rows = await readTimeline(world, profile, { sinceAt: from })
  const sent = homes.flatMap((customer) => outbox.list({ customer, limit: 1_000 }))
  const lines: readonly Line[] = [
    ...rows.map((row) => ({ at: row.occurredAt, channel: row.channel, what: row.type, detail: detailOf(row) })),
    ...sent.map(({ at, channel, content }) => ({
      at,
      channel,
      what: 'we wrote',
      detail: String(content.title ?? content.subject ?? content.text),
    })),
    ...enrolments.filter(({ customer }) => homes.includes(customer)).flatMap(linesOfRun),
  ]
  const inOrder = lines.toSorted((one, other) => one.at - other.at)
  return columns(inOrder.map(({ at, channel, what, detail }) => [hourOf(at, zone), channel, what, detail]))
}

/** A run begins after what let her in, and ends after what ended it. */
function linesOfRun({ journey, entry, enteredAt, reason = '', detail, endedAt }: Enrolment): readonly Line[] {
  const { order_id: order } = entry.properties
  const run = typeof order === 'string' ? `${journey} for ${order}` : journey
  const enters = { at: enteredAt + 1, channel: '', what: 'enters', detail: run }
  return endedAt === undefined
    ? [enters]
    : [enters, { at: endedAt + 2, channel: '', what: 'leaves', detail: `${run}: ${detail ?? reason}` }]
}

function detailOf({ properties, identity }: TimelineRow): string {
  if (identity === 'merged') return 'the laptop is hers too: two records became one'
  const { product, path, order_id: order, total, points } = properties
  const told = [
    product,
    path,
    order,
    typeof total === 'number' ? `€${total.toFixed(2)}` : undefined,
    points === undefined ? undefined : `${String(points)} points`,
  ]
  return told.filter((part) => part !== undefined).join(', ')
}
