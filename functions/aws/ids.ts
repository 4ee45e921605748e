import { randomBytes } from 'node:crypto'
import type { Clock, Ids } from '#shared/world/world.ts'

/** Crockford's base 32: in the order of their codes, without letters that look like digits. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const TIME_CHARACTERS = 10
const RANDOM_CHARACTERS = 16

/** 26 characters, as a ULID in lower case: 48 bits of time, so that ids sort by it, and 80 bits of chance. */
export function sortableIds(clock: Clock): Ids {
  return { next: () => timePart(clock.now()) + randomPart() }
}

function timePart(now: number): string {
  const places = Array.from({ length: TIME_CHARACTERS }, (_, at) => 32 ** (TIME_CHARACTERS - 1 - at))
  return places.map((place) => letter(Math.floor(now / place))).join('')
}

function randomPart(): string {
  return Array.from(randomBytes(RANDOM_CHARACTERS), letter).join('')
}

function letter(value: number): string {
  return ALPHABET.charAt(value % 32)
}
