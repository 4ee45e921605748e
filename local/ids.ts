import { randomBytes } from 'node:crypto'
import type { Ids } from '#shared/world/world.ts'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const TIME_CHARACTERS = 9
const RANDOM_CHARACTERS = 13

/** Ids that sort by the time they were made: 9 characters of milliseconds and 13 of chance. */
export function sortableIds(now: () => number): Ids {
  return { next: () => encodeTime(now()) + encodeRandom() }
}

function encodeTime(instant: number): string {
  let rest = instant
  let text = ''
  for (let index = 0; index < TIME_CHARACTERS; index++) {
    text = (ALPHABET[rest % 32] ?? '') + text
    rest = Math.floor(rest / 32)
  }
  return text
}

function encodeRandom(): string {
  return Array.from(randomBytes(RANDOM_CHARACTERS), (byte) => ALPHABET[byte % 32]).join('')
}
