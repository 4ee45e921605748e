import * as z from 'zod'
import { name } from '../../documents/fields.ts'
import type { ConditionKind } from '../condition-kind.ts'

/** She allowed a purpose on a channel. */
export interface Consent {
  readonly kind: 'consent'
  readonly purpose: string
  readonly channel: string
}

export const consentSchema = z
  .strictObject({ consent: name, by: name })
  .transform(({ consent, by }): Consent => ({ kind: 'consent', purpose: consent, channel: by }))

export const consent: ConditionKind<Consent> = {
  holds: ({ purpose, channel }, { facts }) => facts.consent(purpose, channel),
  describe: ({ purpose, channel }) => `she allows ${purpose} by ${channel}`,
  needs: () => ({ consent: true }),
}
