import { circumstancesOf } from '../decisions/circumstances.ts'
import type { Question } from '../decisions/decide.ts'
import type { Decision } from '../decisions/decision.ts'
import { consentProofPrefix } from '../profiles/consent-proof.ts'
import type { Composition } from './compose-dispatch.ts'
import type { Dispatch } from './dispatch-row.ts'

type Chosen = Decision & { readonly outcome: 'send' } & Omit<Composition, 'outgoing'> &
  Required<Pick<Dispatch, 'values' | 'messageVersion'>>

/** What the row keeps of a message that is on its way: what it is, and what it rests on. */
export function claimOf(question: Question, chosen: Chosen) {
  const { channel, address, because, locale, warnings, values, messageVersion } = chosen
  const { now, deadlineAt, profile } = question
  return {
    state: 'claimed' as const,
    because,
    channel,
    locale,
    claimedAt: now,
    deadlineAt,
    seen: profile.version + 1,
    values,
    messageVersion,
    circumstances: circumstancesOf({ ...question, channel, address }),
    ...consentProofOf(question, channel),
    ...(warnings.length === 0 ? {} : { warnings }),
  }
}

/** Where the record of the consent stands that she gave for this. */
function consentProofOf({ profile, purpose, purposeName }: Question, channel: string): Pick<Dispatch, 'consentProof'> {
  const given = profile.consent[`${purposeName}/${channel}`]
  if (!purpose.needsConsent || given === undefined) return {}
  return { consentProof: consentProofPrefix({ purpose: purposeName, channel }, given[1]) }
}
