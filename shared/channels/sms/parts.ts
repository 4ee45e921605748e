/** How a text goes out: in the 7-bit alphabet of GSM 03.38, or in 16 bits when one character is not in it. */
export interface SmsParts {
  readonly encoding: 'GSM-7' | 'UCS-2'
  /** What the carrier sends and charges for. */
  readonly parts: number
  /** Septets (GSM-7) or 16-bit units (UCS-2). */
  readonly units: number
}

const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)

/** Written as an escape and a letter: two septets, which stay together. */
const EXTENDED = new Set('\f^{}\\[~]|€')

/** GSM 03.38 and 03.40: of several parts each gives up room for a header that says which it is. */
const ROOM = { 'GSM-7': { alone: 160, joined: 153 }, 'UCS-2': { alone: 70, joined: 67 } } as const

export function countParts(text: string): SmsParts {
  const characters = [...text]
  const encoding = characters.every((character) => BASIC.has(character) || EXTENDED.has(character)) ? 'GSM-7' : 'UCS-2'
  const sizes = characters.map((character) =>
    encoding === 'GSM-7' ? (EXTENDED.has(character) ? 2 : 1) : character.length,
  )
  const units = sizes.reduce((sum, size) => sum + size, 0)
  const { alone, joined } = ROOM[encoding]
  return { encoding, units, parts: units <= alone ? 1 : fill(sizes, joined) }
}

/** A character is never cut in two: one that does not fit any more begins the next part. */
function fill(sizes: readonly number[], room: number): number {
  let parts = 1
  let used = 0
  for (const size of sizes) {
    if (used + size > room) {
      parts += 1
      used = 0
    }
    used += size
  }
  return parts
}
