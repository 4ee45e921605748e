import type { System } from '#local/system.ts'
import { readTimeline } from '#shared/profiles/timeline.ts'
import type { TimelineRow } from '#shared/profiles/timeline-row.ts'
import { localTime } from '#shared/time/zones.ts'
import { columns } from './columns.ts'
import type { Tally } from './tally.ts'

interface Line {
  readonly at: number
  readonly channel: string
  readonly what: string
  readonly detail: string
}

/** All that one customer did and got on a day, over all channels, as anybody in the company sees it. */
export async function threadOf({ world, outbox }: System, { profiles, enrolments }: Tally, userId: string, from: number): Promise<string> {
  const profile = profiles.find(({ identifiers }) => identifiers.userId?.[0]?.[0] === userId)
  if (profile === undefined) return ''
  const homes = [profile.id, ...profile.aliases]
  const rows = await readTimeline(world, profile, { sinceAt: from })
  const sent = homes.flatMap((customer) => outbox.list({ customer, limit: 1_000 }))
  const lines: Line[] = [
    ...rows.map((row) => ({ at: row.occurredAt, channel: row.channel, what: row.type, detail: detailOf(row) })),
    ...sent.map(({ at, channel, content }) => ({ at, channel, what: 'we wrote', detail: String(content.title ?? content.subject ?? content.text) })),
    ...enrolments
      .filter(({ customer }) => homes.includes(customer))
      .flatMap(({ journey, entry, enteredAt, reason = '', detail, endedAt }) => [
        { at: enteredAt + 1, channel: '', what: 'enters', detail: `${journey}${orderOf(entry.properties)}` },
        ...(endedAt === undefined ? [] : [{ at: endedAt + 2, channel: '', what: 'leaves', detail: `${journey}${orderOf(entry.properties)}: ${detail ?? reason}` }]),
      ]),
  ]
  const zone = 'Europe/Copenhagen'
  return columns(lines.sort((one, other) => one.at - other.at).map(({ at, channel, what, detail }) => [clock(at, zone), channel, what, detail]))
}

function detailOf({ properties, identity }: TimelineRow): string {
  if (identity === 'merged') return 'the laptop is hers too: two records became one'
  const { product, path, order_id: order, total, points } = properties
  const told = [product, path, order, typeof total === 'number' ? `€${total.toFixed(2)}` : undefined, points === undefined ? undefined : `${String(points)} points`]
  return told.filter((part) => part !== undefined).join(', ')
}

function orderOf({ order_id: order }: Readonly<Record<string, unknown>>): string {
  return typeof order === 'string' ? ` for ${order}` : ''
}

function clock(at: number, zone: string): string {
  const { hour, minute } = localTime(at, zone)
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}
