import type { Brand } from '../brand/brand.ts'
import { shareOf } from '../profiles/share-of.ts'
import type { Gate } from './gate.ts'

/** The brand's control group gets no marketing, whatever journey sends it, so that the worth of all of it can be seen. */
export const holdoutGate: Gate = ({ profile, brand, purpose }) =>
  purpose.needsConsent && isInControlGroup(profile.id, brand) ? { code: 'holdout' } : undefined

/** Always the same for one customer. */
export function isInControlGroup(customer: string, { holdout }: Pick<Brand, 'holdout'>): boolean {
  return shareOf(customer, 'holdout') < holdout
}
