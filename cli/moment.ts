const minutes = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' })
const seconds = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' })

/** The zone of this machine, in which times are shown. */
export const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone

/** `2026-11-21 19:47` in this machine's zone, of an ISO 8601 instant. */
export function moment(iso: string): string {
  return minutes.format(new Date(iso))
}

/** `2026-11-21 19:47:03` in this machine's zone. */
export function exactMoment(iso: string): string {
  return seconds.format(new Date(iso))
}
