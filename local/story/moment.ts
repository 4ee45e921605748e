/** Where she meets the brand. */
export type Place = 'laptop' | 'phone' | 'store' | 'email' | 'sms'

/** One thing in her thread, in words for everybody. */
export interface Moment {
  readonly id: string
  readonly at: number
  /** Absent for what happens with us and not with her. */
  readonly place?: Place | undefined
  /** `hers`: she did it. `ours`: a message of ours. `quiet`: a journey. `held`, `prevented`: a message that waits, or never goes. */
  readonly tone: 'hers' | 'ours' | 'quiet' | 'held' | 'prevented'
  readonly title: string
  readonly detail?: string | undefined
  /** Whole sentences. */
  readonly reasons: readonly string[]
}

const PLACES: Readonly<Record<string, Place>> = {
  web: 'laptop',
  app: 'phone',
  push: 'phone',
  store: 'store',
  email: 'email',
  sms: 'sms',
}

/** A channel we know nothing of is somewhere on her laptop. */
export function placeOf(channel: string): Place {
  return PLACES[channel] ?? 'laptop'
}

/** `abandoned-order` is "abandoned order", `order.completed` "order completed". */
export function spoken(name: string): string {
  return name.replaceAll(/[-._]/g, ' ')
}

export function spokenChannel(channel: string): string {
  return channel === 'sms' ? 'SMS' : channel
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** For a sentence that goes on after a colon. */
export function uncapitalised(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
