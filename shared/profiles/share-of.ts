/**
 * A number from 0 up to but not 1 that is always the same for this customer and name, spread evenly over customers and
 * independent from one name to the next.
 */
export function shareOf(customer: string, name: string): number {
  return mix(fnv(`${name}\n${customer}`)) / 2 ** 32
}

/** FNV-1a. */
function fnv(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash
}

/** The finish of MurmurHash3: FNV alone leaves neighbouring ids near one another. */
function mix(hash: number): number {
  const once = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35)
  return (twice ^ (twice >>> 16)) >>> 0
}
