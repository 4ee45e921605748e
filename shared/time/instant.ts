const DATE = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?)?$/

/**
 * The instant (epoch ms) of an ISO 8601 date or date and time; undefined when the text is neither. Without a zone it is
 * UTC, and a date alone is its first moment.
 */
export function parseInstant(text: string): number | undefined {
  const match = DATE.exec(text)
  if (!match) return undefined
  const [, day = '', time, zone = 'Z'] = match
  const midnight = Date.parse(`${day}T00:00Z`)
  // Date.parse takes 30 February for 2 March.
  if (Number.isNaN(midnight) || new Date(midnight).getUTCDate() !== Number(day.slice(8))) return undefined
  if (time === undefined) return midnight
  const instant = Date.parse(`${day}T${time}${zone}`)
  return Number.isNaN(instant) ? undefined : instant
}

/** `2026-12-24` for the first moment of a day in UTC, else `2026-12-24T18:30:00Z`: what `parseInstant` reads. */
export function describeInstant(instant: number): string {
  return new Date(instant).toISOString().replace('T00:00:00.000Z', '').replace('.000Z', 'Z')
}
