import { liveBrand } from '../../dispatches/brand-documents.ts'
import { surely } from '../../documents/fresh.ts'
import type { Entry } from '../../journeys/entries/entry.ts'
import { type StartRow, startInstant } from '../../journeys/entries/start-row.ts'
import { startedTouchpoint } from '../../journeys/entries/started.ts'
import { stableId } from '../../journeys/runs/run.ts'
import { liveJourneys } from '../../journeys/versions/live.ts'
import { loadProfile } from '../../profiles/store.ts'
import { dueKeys } from '../../time/due.ts'
import { STALE_AFTER } from '../../touchpoints/touchpoint.ts'
import type { Item } from '../../world/table.ts'
import { recordTouchpoints } from '../record-touchpoints.ts'
import type { SweepWorld } from './job-works.ts'

/**
 * Lets a customer in whose own instant has come, as things are now: another date, another zone or another journey may
 * have made it a later instant, or none.
 */
export async function startWhenDue(world: SweepWorld, item: Item): Promise<void> {
  const { pk, sk, journey, at } = item as StartRow // as `putStart` made it
  const enter = await surely(world, async () => (await liveJourneys(world)).get(journey)?.content.document.enter)
  const profile = await loadProfile(world, pk.slice(2))
  const instant = enter && profile && startInstant(enter, at, profile, await liveBrand(world))
  const now = world.clock.now()
  if (instant !== undefined && instant > now) {
    const due = dueKeys(pk.slice(2), instant)
    await world.table.write([{ set: { pk, sk }, attributes: due, when: { attributeIs: ['isk', item.isk ?? ''] } }])
    return
  }
  if (enter !== undefined && profile !== undefined && instant !== undefined && now - instant <= STALE_AFTER)
    await recordTouchpoints(world, [started(enter, { journey, at, customer: profile.id, now, dueAt: instant })])
  await world.table.write([{ remove: { pk, sk } }])
}

interface Start {
  readonly journey: string
  readonly at: string
  readonly customer: string
  readonly now: number
  readonly dueAt: number
}

function started({ on }: Entry, { customer, at, ...rest }: Start) {
  const by = on.kind === 'date' ? 'date' : 'once'
  const id = stableId(by, rest.journey, at, customer)
  return startedTouchpoint({ ...rest, id, by, identifiers: { customerId: customer }, properties: { at } })
}
