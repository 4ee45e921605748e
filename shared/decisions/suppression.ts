import { suppressionOf } from '../profiles/suppression.ts'
import type { Gate } from './gate.ts'

export const suppressionGate: Gate = ({ profile, channel, address }) => {
  const reason = suppressionOf(profile, channel, address)
  return reason === undefined ? undefined : { code: 'suppressed', detail: reason }
}
