import { randomBytes } from 'node:crypto'
import type { Ids } from '#shared/world/world.ts'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const TIME_CHARACTERS = 9
const COUNTER_CHARACTERS = 4
const OWN_CHARACTERS = 9

/** Ids that sort by the time they were made: milliseconds, a counter, and a part that no other process has. */
export function sortableIds(now: () => number): Ids {
  const own = Array.from(randomBytes(OWN_CHARACTERS), (byte) => ALPHABET.charAt(byte % 32)).join('')
  let counter = 0
  return {
    next: () => {
      counter = (counter + 1) % 32 ** COUNTER_CHARACTERS
      return encode(now(), TIME_CHARACTERS) + encode(counter, COUNTER_CHARACTERS) + own
    },
  }
}

function encode(value: number, characters: number): string {
  let rest = value
  let text = ''
  for (let index = 0; index < characters; index++) {
    text = (ALPHABET[rest % 32] ?? '') + text
    rest = Math.floor(rest / 32)
  }
  return text
}
