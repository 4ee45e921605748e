/** `missing` keeps something from working; a `warning` does not, yet; `unknown` could not be found out. */
export type State = 'ok' | 'warning' | 'missing' | 'unknown'

/** One thing that was looked at. */
export interface Finding {
  /** As in `email.production`: what scripts know it by. */
  readonly check: string
  readonly state: State
  readonly text: string
  readonly remedy?: string
  /** The page of AWS that explains it. */
  readonly see?: string
}

/** What to do about it, and the page that says more. */
export type WayOut = Pick<Finding, 'remedy' | 'see'>

export function ok(check: string, text: string): Finding {
  return { check, state: 'ok', text }
}

export function warning(check: string, text: string, wayOut: WayOut): Finding {
  return { check, state: 'warning', text, ...wayOut }
}

export function missing(check: string, text: string, wayOut: WayOut): Finding {
  return { check, state: 'missing', text, ...wayOut }
}

export function unknown(check: string, text: string, wayOut: WayOut = {}): Finding {
  return { check, state: 'unknown', text, ...wayOut }
}
