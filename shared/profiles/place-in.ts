import { createHash } from 'node:crypto'

/** A customer's place in something named, from 0 up to but not including `places`: the same every time. */
export function placeIn(customer: string, name: string, places: number): number {
  return createHash('sha256').update(`${name}\n${customer}`).digest().readUInt32BE(0) % places
}
