const UNITS: Readonly<Record<string, number>> = {
  second: 1_000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
}

export const SECOND = 1_000
export const MINUTE = 60_000
export const HOUR = 3_600_000
export const DAY = 86_400_000

const PART = /^(\d+(?:\.\d+)?)\s*(second|minute|hour|day|week)s?$/

/**
 * Milliseconds of `3 days`, `1 hour 30 minutes` or `90 minutes`; undefined when the text is no duration.
 * A day is 24 hours; local hours and dates have steps of their own.
 */
export function parseDuration(text: string): number | undefined {
  const parts = text
    .trim()
    .toLowerCase()
    .match(/\d+(?:\.\d+)?\s*[a-z]+/g)
  if (!parts || parts.join(' ').replace(/\s+/g, '') !== text.trim().toLowerCase().replace(/\s+/g, '')) return undefined
  let sum = 0
  for (const part of parts) {
    const match = PART.exec(part)
    const unit = match?.[2] === undefined ? undefined : UNITS[match[2]]
    if (!match || unit === undefined) return undefined
    sum += Number(match[1]) * unit
  }
  return sum
}

/** `3 days`, `1 hour 30 minutes`: what `parseDuration` reads. */
export function describeDuration(milliseconds: number): string {
  const parts: string[] = []
  let rest = Math.round(milliseconds / 1_000) * 1_000
  for (const unit of ['day', 'hour', 'minute', 'second']) {
    const size = UNITS[unit] ?? 1
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(`${count} ${unit}${count === 1 ? '' : 's'}`)
  }
  return parts.join(' ') || '0 seconds'
}
