import type { Brand } from '../../brand/brand.ts'
import { zoneOf } from '../../decisions/zone.ts'
import { type Profile, traitOf } from '../../profiles/profile.ts'
import { customerPartition } from '../../profiles/store.ts'
import { dueKeys } from '../../time/due.ts'
import { startOf } from '../../time/local-moment.ts'
import type { Item, Write } from '../../world/table.ts'
import { entryInstant } from './date-entry.ts'
import type { Entry } from './entry.ts'

/** A customer who is to enter a journey at an instant that depends on where she is. */
export interface StartRow extends Item {
  readonly journey: string
  /** Which of the times that the journey is entered at: a day, or the moment of a broadcast. */
  readonly at: string
}

export function putStart(customer: string, journey: string, at: string, dueAt: number): Write {
  return {
    put: { pk: customerPartition(customer), sk: `S#${journey}#${at}`, journey, at, ...dueKeys(customer, dueAt) },
  }
}

export function isStart({ sk }: Pick<Item, 'sk'>): boolean {
  return sk.startsWith('S#')
}

/** When she enters, as things are now; undefined when she does not, or no longer. */
export function startInstant({ on }: Entry, at: string, profile: Profile, brand: Brand): number | undefined {
  const zone = zoneOf(profile, brand)
  if (on.kind === 'date') return entryInstant(on, traitOf(profile, on.trait), at, zone)
  return on.kind === 'once' && on.zone === 'hers' ? startOf(on.moment, zone) : undefined
}
