import { keywordOn } from '../channels/sms/keywords.ts'
import type { ConsentChange, Touchpoint } from '../touchpoints/touchpoint.ts'

/** A text that says STOP or START changes her consent to its channel, whichever adapter brought it. */
export function recogniseAnswer(touchpoint: Touchpoint): Touchpoint {
  const { type, channel, properties, consent = [] } = touchpoint
  if (type !== 'message.answered') return touchpoint
  const keyword = keywordOn(channel, properties.text)
  if (keyword !== 'stop' && keyword !== 'start') return touchpoint
  const state = keyword === 'stop' ? 'withdrawn' : 'given'
  const change: ConsentChange = { purpose: '*', channel, state, source: `keyword ${keyword}` }
  return { ...touchpoint, consent: [...consent, change] }
}
