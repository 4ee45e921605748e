import { describeCircumstances } from '../decisions/circumstances.ts'
import { describeReasonWithChannel } from '../decisions/decision.ts'
import { type Dispatch, reactionsOf } from '../dispatches/dispatch-row.ts'
import type { Profile } from '../profiles/profile.ts'
import { customerPartition } from '../profiles/store.ts'
import type { Item, Table } from '../world/table.ts'

/** A message that a run sent her or did not, and all that was asked about it. */
export interface MessageAccount {
  /** ISO 8601, UTC. */
  readonly at: string
  readonly dispatch: string
  readonly message: string
  readonly step: string
  readonly state: Dispatch['state']
  readonly text: string
  /** Each gate's answer, then what was looked at when it was let go. */
  readonly because: readonly string[]
}

/** @param isOver the run that it belongs to has ended */
export async function messageAccount(
  { table }: { readonly table: Table },
  profile: Pick<Profile, 'id' | 'aliases'>,
  dispatch: Dispatch,
  isOver: boolean,
): Promise<MessageAccount> {
  const { id, message, step, state, because, circumstances, decidedAt, sentAt, warnings = [] } = dispatch
  const proofs = await readProofs(table, profile, dispatch)
  return {
    at: new Date(sentAt ?? decidedAt).toISOString(),
    dispatch: id,
    message,
    step,
    state,
    text: `${message} ${whatBecame(dispatch, isOver)}`,
    because: [
      ...because.map(describeReasonWithChannel),
      ...(circumstances === undefined ? [] : describeCircumstances(circumstances)),
      ...proofs.map(proofText),
      ...warnings.map((variable) => `${variable} was empty.`),
    ],
  }
}

function whatBecame(dispatch: Dispatch, isOver: boolean): string {
  const { state, channel, because, until, detail } = dispatch
  switch (state) {
    case 'held':
      if (isOver) return 'was held, and not sent: the run ended first.'
      return until === undefined ? 'is held.' : `is held until ${new Date(until).toISOString()}.`
    case 'skipped': {
      const last = because.at(-1)
      return `was not sent. ${last === undefined ? 'No channel was left to send it by.' : describeReasonWithChannel(last)}`
    }
    case 'refused':
      return `was refused by the provider${detail === undefined ? '' : `: ${detail}`}.`
    case 'claimed':
      return `is on its way by ${channel}.`
    case 'uncertain':
      return `may have gone out by ${channel}: ${detail ?? 'nobody knows'}.`
    case 'sent':
    case 'delivered':
      return `went out by ${channel}${reactions(dispatch)}.`
  }
}

function reactions(dispatch: Dispatch): string {
  const happened = reactionsOf(dispatch)
  return happened.length === 0 ? '' : `, and was ${happened.join(', ')}`
}

/** The records of the consent that it rests on. */
async function readProofs(
  table: Table,
  { id, aliases }: Pick<Profile, 'id' | 'aliases'>,
  { consentProof }: Dispatch,
): Promise<readonly Item[]> {
  if (consentProof === undefined) return []
  const pages = await Promise.all(
    [id, ...aliases].map((home) => table.query({ pk: customerPartition(home), prefix: consentProof, limit: 10 })),
  )
  return pages.flatMap(({ items }) => items)
}

function proofText({ purpose, channel, occurredAt, seenOn, source, wording }: Item): string {
  const words = wording === undefined ? '' : `, in the words “${String(wording)}”`
  const when = new Date(Number(occurredAt)).toISOString()
  return `She allowed ${String(purpose)} by ${String(channel)} at ${when} on ${String(seenOn)} (${String(source)})${words}.`
}
