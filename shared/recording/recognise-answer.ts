import { smsKeyword } from '../channels/sms/keywords.ts'
import type { ConsentChange, Touchpoint } from '../touchpoints/touchpoint.ts'

/** An SMS that says STOP or START changes her consent, whichever adapter brought it. */
export function recogniseAnswer(touchpoint: Touchpoint): Touchpoint {
  const { type, channel, properties, consent = [] } = touchpoint
  if (type !== 'message.answered' || channel !== 'sms' || typeof properties.text !== 'string') return touchpoint
  const keyword = smsKeyword(properties.text)
  if (keyword !== 'stop' && keyword !== 'start') return touchpoint
  const state = keyword === 'stop' ? 'withdrawn' : 'given'
  const change: ConsentChange = { purpose: '*', channel: 'sms', state, source: `keyword ${keyword}` }
  return { ...touchpoint, consent: [...consent, change] }
}
