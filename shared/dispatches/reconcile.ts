import { MOST_HOLDS } from '../decisions/decide.ts'
import { Impossible } from '../errors/errors.ts'
import { dueKeys, NOT_DUE } from '../time/due.ts'
import { brandDocuments } from './brand-documents.ts'
import type { Values } from './compose-dispatch.ts'
import { dispatchMessage } from './dispatch-message.ts'
import type { DispatchRequest, DispatchWorld } from './dispatch-request.ts'
import { type Dispatch, dispatchKey, readDispatch } from './dispatch-row.ts'
import { redeliver } from './redeliver.ts'

export type ReconcileWorld = DispatchWorld

/** How long feedback that carries our tags may take before its absence means something. */
const FEEDBACK_WINDOW = 15 * 60_000

/**
 * Looks at a dispatch that was claimed and has no outcome. Marketing is never sent twice: it becomes `uncertain`, for
 * people to see. Service messages are never lost: they go out again until their deadline, unless feedback shows that
 * they did.
 * @throws Unavailable when the provider cannot be asked now; the dispatch stays due.
 */
export async function reconcile(world: ReconcileWorld, found: Pick<Dispatch, 'customer' | 'id'>): Promise<void> {
  const key = dispatchKey(found.customer, found.id)
  const item = await world.table.get(key)
  if (item?.state !== 'claimed') return
  const dispatch = readDispatch(item)
  const idempotency = world.providers[dispatch.channel ?? '']?.idempotency ?? 'none'
  const claimed = { attributeIs: ['state', 'claimed'] } as const
  const conclude = async (attributes: Readonly<Record<string, unknown>>): Promise<void> => {
    await world.table.write([{ set: key, attributes, when: claimed }])
  }
  if (hasFeedback(dispatch)) return conclude({ state: 'sent', sentAt: dispatch.claimedAt, ...NOT_DUE })
  const windowEnds = (dispatch.claimedAt ?? 0) + FEEDBACK_WINDOW
  if (idempotency === 'tags' && world.clock.now() < windowEnds) return conclude(dueKeys(dispatch.customer, windowEnds))
  const { purpose } = await brandDocuments(world, dispatch)
  const isLate = world.clock.now() > (dispatch.deadlineAt ?? Number.POSITIVE_INFINITY)
  const mayRepeat = !isLate && (idempotency === 'key' || !purpose.needsConsent)
  const delivered = mayRepeat ? await redeliver(world, dispatch, () => undefined) : undefined
  if (delivered?.outcome === 'refused') await dispatchMessage(world, byOtherChannels(dispatch))
  else if (delivered?.outcome !== 'sent')
    await conclude({ state: 'uncertain', detail: 'no word from the provider', ...NOT_DUE })
}

/** The run has gone on meanwhile, so that nobody waits for the answer: it goes out now, or not at all. */
function byOtherChannels(dispatch: Dispatch): DispatchRequest {
  const { id, customer, message, purpose, channels, values, deadlineAt = 0 } = dispatch
  const { journey, journeyVersion, enrolment, run, step } = dispatch
  return {
    id,
    customer,
    labels: { journey, journeyVersion, enrolment, run, step },
    message,
    purpose,
    channels,
    again: { holds: MOST_HOLDS, deadlineAt },
    // A claim writes its values as `Values`; the row only knows that they are JSON.
    entry: (values as unknown as Values).entry,
    admit: (profile) => {
      if (profile !== undefined) return profile
      throw new Impossible('dispatch.no-profile', 'A dispatch has no profile.')
    },
    settle: () => undefined,
  }
}

function hasFeedback({ deliveredAt, openedAt, clickedAt, bouncedAt, complainedAt, answeredAt }: Dispatch): boolean {
  return [deliveredAt, openedAt, clickedAt, bouncedAt, complainedAt, answeredAt].some((at) => at !== undefined)
}
