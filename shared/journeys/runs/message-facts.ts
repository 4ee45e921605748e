import { type Dispatch, readDispatch } from '../../dispatches/dispatch-row.ts'
import type { Profile } from '../../profiles/profile.ts'
import { customerPartition } from '../../profiles/store.ts'
import { MESSAGE_STATES, type MessageFact } from '../../segments/facts.ts'
import type { Table } from '../../world/table.ts'

/** A state that a message reached with her; `run` marks those of the run that asks. */
export interface KnownMessage extends MessageFact {
  readonly message: string
  readonly run: boolean
}

/** Her dispatches, those of customers merged into her too; as many of each as one page holds. */
export async function readDispatches(
  table: Table,
  { id, aliases }: Pick<Profile, 'id' | 'aliases'>,
): Promise<readonly Dispatch[]> {
  const pages = await Promise.all(
    [id, ...aliases].map((customer) => table.query({ pk: customerPartition(customer), prefix: 'D#', limit: 1_000 })),
  )
  return pages.flatMap(({ items }) => items.map(readDispatch))
}

/** @param enrolment the run that asks, where one does */
export function messageFacts(dispatches: readonly Dispatch[], enrolment?: string): readonly KnownMessage[] {
  return dispatches.flatMap((dispatch) =>
    MESSAGE_STATES.flatMap((state) => {
      const at = dispatch[`${state}At`]
      return at === undefined ? [] : [{ message: dispatch.message, state, at, run: dispatch.enrolment === enrolment }]
    }),
  )
}
