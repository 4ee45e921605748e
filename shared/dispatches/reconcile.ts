import type { Purpose } from '../brand/purposes.ts'
import { MOST_HOLDS } from '../decisions/decide.ts'
import { describeReason, type Reason } from '../decisions/decision.ts'
import { Impossible } from '../errors/errors.ts'
import { dueKeys, NOT_DUE } from '../time/due.ts'
import type { Provider } from '../world/provider.ts'
import type { Item } from '../world/table.ts'
import type { World } from '../world/world.ts'
import { brandDocuments } from './brand-documents.ts'
import { dispatchMessage } from './dispatch-message.ts'
import type { DispatchRequest, DispatchWorld } from './dispatch-request.ts'
import { type Dispatch, dispatchKey, hasFeedback, LEASE, readDispatch } from './dispatch-row.ts'
import { redeliver } from './redeliver.ts'
import type { Values } from './values.ts'

export type ReconcileWorld = DispatchWorld

/** How long feedback that carries our tags may take before its absence means something. */
const FEEDBACK_WINDOW = 15 * 60_000

/**
 * Looks at a dispatch that was claimed and has no outcome. Marketing is never sent twice: it becomes `uncertain`, for
 * people to see. Service messages are never lost: they go out again until their deadline, unless feedback shows that
 * they did.
 * @param item the dispatch's row as it is now, due
 * @throws Unavailable when the provider cannot be asked now; the dispatch is due again after another lease.
 */
export async function reconcile(world: ReconcileWorld, item: Item): Promise<void> {
  if (item.state !== 'claimed') return
  const dispatch = readDispatch(item)
  const idempotency = world.providers[dispatch.channel ?? '']?.idempotency ?? 'none'
  if (hasFeedback(dispatch)) return conclude(world, dispatch, { state: 'sent', sentAt: dispatch.claimedAt })
  const now = world.clock.now()
  const windowEnds = (dispatch.claimedAt ?? 0) + FEEDBACK_WINDOW
  if (idempotency === 'tags' && now < windowEnds)
    return conclude(world, dispatch, dueKeys(dispatch.customer, windowEnds))
  const { purpose } = await brandDocuments(world, dispatch)
  if (!mayRepeat(idempotency, purpose) || now > (dispatch.deadlineAt ?? now))
    return conclude(world, dispatch, UNCERTAIN)
  if (!(await putOff(world, item, now + LEASE))) return
  const delivered = await redeliver(world, dispatch, () => undefined)
  if (delivered?.outcome === 'refused') await dispatchMessage(world, byOtherChannels(dispatch))
  else if (delivered?.outcome === 'withheld') await withhold(world, dispatch, delivered.reasons)
  else if (delivered?.outcome !== 'sent') await conclude(world, dispatch, UNCERTAIN)
}

/** What an agent wrote is hers to repeat: she sees that nobody knows. */
function mayRepeat(idempotency: Provider['idempotency'], { needsConsent, isAnswer = false }: Purpose): boolean {
  return idempotency === 'key' || !(needsConsent || isAnswer)
}

const UNCERTAIN = { state: 'uncertain', detail: 'no word from the provider' } as const

/** Until nothing stands against it any more, if that is before its deadline; else nobody will know. */
async function withhold(world: ReconcileWorld, dispatch: Dispatch, reasons: readonly Reason[]): Promise<void> {
  const until = Math.max(...reasons.map((reason) => reason.until ?? Infinity))
  if (until <= (dispatch.deadlineAt ?? 0)) return conclude(world, dispatch, dueKeys(dispatch.customer, until))
  const [reason] = reasons
  const why = reason === undefined ? '' : `, and it is not offered again: ${describeReason(reason).slice(0, -1)}`
  return conclude(world, dispatch, { ...UNCERTAIN, detail: `${UNCERTAIN.detail}${why}` })
}

/** Takes it out of the index, unless the attributes put it there again. */
async function conclude(
  { table }: Pick<World, 'table'>,
  { customer, id }: Dispatch,
  attributes: Readonly<Record<string, unknown>>,
): Promise<void> {
  const when = { attributeIs: ['state', 'claimed'] } as const
  await table.write([{ set: dispatchKey(customer, id), attributes: { ...NOT_DUE, ...attributes }, when }])
}

/** @returns false when somebody else attends to it already, or has. */
async function putOff({ table }: Pick<World, 'table'>, item: Item, until: number): Promise<boolean> {
  const { customer, id } = readDispatch(item)
  const when = { attributeIs: ['isk', item.isk ?? ''] } as const
  const result = await table.write([{ set: dispatchKey(customer, id), attributes: dueKeys(customer, until), when }])
  return result.committed
}

/** The run has gone on meanwhile, so that nobody waits for the answer: it goes out now, or not at all. */
function byOtherChannels(dispatch: Dispatch): DispatchRequest {
  const { id, customer, message, purpose, channels, priority, values, deadlineAt = 0 } = dispatch
  const { journey, journeyVersion, enrolment, run, step } = dispatch
  return {
    id,
    customer,
    labels: { journey, journeyVersion, enrolment, run, step },
    message,
    purpose,
    channels,
    priority,
    again: { holds: MOST_HOLDS, deadlineAt },
    // A claim writes its values as `Values`; the row only knows that they are JSON.
    run: values as unknown as Values,
    admit: (profile) => {
      if (profile !== undefined) return profile
      throw new Impossible('dispatch.claim-incomplete', 'A claimed dispatch has lost its customer.')
    },
    settle: () => undefined,
  }
}
