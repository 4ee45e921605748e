import { randomBytes } from 'node:crypto'
import type { Ids } from '#shared/world/world.ts'

/** Crockford's base 32: in the order of their codes, without letters that look like digits. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const TIME_CHARACTERS = 9
const RANDOM_CHARACTERS = 13

/** Ids that sort by the time they were made: 9 characters of milliseconds and 13 of chance. */
export function sortableIds(now: () => number): Ids {
  return { next: () => timePart(now()) + randomPart() }
}

function timePart(instant: number): string {
  const places = Array.from({ length: TIME_CHARACTERS }, (_, at) => 32 ** (TIME_CHARACTERS - 1 - at))
  return places.map((place) => letter(Math.floor(instant / place))).join('')
}

function randomPart(): string {
  return Array.from(randomBytes(RANDOM_CHARACTERS), letter).join('')
}

function letter(value: number): string {
  return ALPHABET.charAt(value % ALPHABET.length)
}
