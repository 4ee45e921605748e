import type { Again } from '../dispatches/dispatch-request.ts'
import { customerPartition } from '../profiles/store.ts'
import { dueKeys } from '../time/due.ts'
import type { Item, Json, Key } from '../world/table.ts'

/** What is to be said to her beside journeys: its row stands until that is done, whoever dies on the way. */
export interface Answer {
  /** Of the dispatch. */
  readonly id: string
  readonly customer: string
  readonly message: string
  readonly purpose: string
  readonly channels: readonly string[]
  readonly entry: Readonly<Record<string, Json>>
  readonly agent?: string | undefined
  readonly conversation?: string | undefined
  readonly again?: Again | undefined
}

export const ANSWER_ROW = 'ANSWER#'

export function answerKey(customer: string, id: string): Key {
  return { pk: customerPartition(customer), sk: `${ANSWER_ROW}${id}` }
}

/** @param dueAt whoever wrote it goes on at once; after that somebody else does */
export function answerItem({ id, customer, ...attributes }: Answer, dueAt: number): Item {
  return { ...answerKey(customer, id), ...attributes, ...dueKeys(customer, dueAt) }
}

export function readAnswer(item: Item): Answer {
  const { pk, sk, ipk: _ipk, isk: _isk, ...attributes } = item
  return { ...attributes, customer: pk.slice(2), id: sk.slice(ANSWER_ROW.length) } as unknown as Answer
}
