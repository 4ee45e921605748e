import { DAY, describeDuration } from '../../time/duration.ts'
import { parseTouchpoint } from '../../touchpoints/parse.ts'
import { isLive, type Touchpoint } from '../../touchpoints/touchpoint.ts'
import type { World } from '../../world/world.ts'
import { addDeadLetters } from './dead-letters.ts'

/** What the door says about one event. */
export type Acceptance =
  | { readonly status: 'accepted'; readonly id: string; readonly note?: string }
  | { readonly status: 'rejected'; readonly id?: string; readonly reason: string }

export type AcceptWorld = Pick<World, 'table' | 'bus' | 'clock' | 'ids' | 'log'>

const SOURCE = 'http'

/**
 * Checks events and puts the good ones on the bus; the others are told why, and kept with the dead letters. Answers in
 * the order given.
 */
export async function acceptEvents(world: AcceptWorld, events: readonly unknown[]): Promise<readonly Acceptance[]> {
  const receivedAt = world.clock.now()
  const receipt = { receivedAt, fallbackId: () => world.ids.next(), source: SOURCE }
  const read = events.map((event) => ({ event, parsed: parseTouchpoint(event, receipt) }))
  const good = read.flatMap(({ event, parsed }) => (parsed.ok ? [{ event, touchpoint: parsed.touchpoint }] : []))
  const published = await world.bus.publish(
    good.map(({ event, touchpoint: { id, type } }) => ({
      source: SOURCE,
      detailType: type,
      detail: { ...(event as object), id },
    })),
  )
  const bad = read.flatMap(({ event, parsed }) =>
    parsed.ok
      ? []
      : [{ id: idOf(event) ?? world.ids.next(), receivedAt, reason: parsed.reason, event: envelope(event) }],
  )
  await addDeadLetters(world, bad)
  const taken = new Map(good.map(({ event }, index) => [event, published[index]]))
  return read.map(({ event, parsed }) => {
    if (!parsed.ok) return rejected(idOf(event), parsed.reason)
    const result = taken.get(event)
    return result?.accepted === true
      ? accepted(parsed.touchpoint)
      : rejected(parsed.touchpoint.id, result?.reason ?? 'The bus did not take it.')
  })
}

function accepted(touchpoint: Touchpoint): Acceptance {
  const { id, mode, recordedAt, occurredAt } = touchpoint
  if (isLive(touchpoint) || mode === 'history') return { status: 'accepted', id }
  return {
    status: 'accepted',
    id,
    note: `It occurred more than ${describeDuration(Math.floor((recordedAt - occurredAt) / DAY) * DAY)} before the system's clock, so it is recorded but starts nothing.`,
  }
}

function rejected(id: string | undefined, reason: string): Acceptance {
  return { status: 'rejected', ...(id === undefined ? {} : { id }), reason }
}

function idOf(event: unknown): string | undefined {
  const { id } = (event ?? {}) as { id?: unknown }
  return typeof id === 'string' ? id : undefined
}

/** As the bus would have carried it, so that it can be redriven like any other. */
function envelope(event: unknown): Readonly<Record<string, unknown>> {
  return { source: SOURCE, 'detail-type': 'touchpoint', detail: event }
}
