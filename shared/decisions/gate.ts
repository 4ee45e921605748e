import type { Brand } from '../brand/brand.ts'
import type { Purpose } from '../brand/purposes.ts'
import type { Profile } from '../profiles/profile.ts'
import type { ReasonCode } from './decision.ts'

/** What all gates look at; the channel and her address on it are those of the candidate. */
export interface Candidate {
  readonly now: number
  readonly profile: Profile
  readonly brand: Brand
  readonly purposeName: string
  readonly purpose: Purpose
  readonly channel: string
  readonly address: string
}

/** Undefined lets it pass; `until` says that it may go later. */
export type Answer = { readonly code: ReasonCode; readonly until?: number; readonly detail?: string } | undefined

export type Gate = (candidate: Candidate) => Answer
