import { createHash, randomUUID } from 'node:crypto'
import type { Json } from '#shared/world/table.ts'

const ALGORITHMS = ['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512']

/** AWS refuses a longer `$range`; measured there by others. */
const LONGEST_RANGE = 360_145

/**
 * What Step Functions adds to JSONata (docs.aws.amazon.com/step-functions, "Transforming data"). Numbers are cut
 * towards zero, and an argument that makes no sense gives undefined, which fails the field: both as on AWS.
 */
export const AWS_FUNCTIONS = {
  partition: (items: Json, size: number) => partition(items, Math.trunc(size)),
  range: (from: number, to: number, step: number) => range(Math.trunc(from), Math.trunc(to), Math.trunc(step)),
  hash: (text: string, algorithm: string) =>
    ALGORITHMS.includes(algorithm)
      ? createHash(algorithm.replace('-', '').toLowerCase()).update(text).digest('hex')
      : undefined,
  uuid: () => randomUUID(),
  parse: (text: string | undefined) => (text === undefined ? undefined : (JSON.parse(text) as Json)),
} as const

function partition(items: Json, size: number): Json | undefined {
  const list = Array.isArray(items) ? items : [items]
  if (!(size > 0) || list.length === 0) return undefined
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size))
}

function range(from: number, to: number, step: number): Json | undefined {
  const length = Math.floor((to - from) / step) + 1
  if (!(length > 0 && Number.isFinite(length))) return undefined
  if (length > LONGEST_RANGE)
    throw new Error('Expression evaluation memory limit exceeded: Check for excessive memory usage')
  return length === 1 ? from : Array.from({ length }, (_, at) => from + at * step)
}

/** `$random(seed)` on AWS is the first `nextDouble` of `java.util.Random`. */
export function seededRandom(seed: number): number {
  const mask = (1n << 48n) - 1n
  let state = (BigInt(Math.trunc(seed)) ^ 0x5deece66dn) & mask
  const bits = (count: bigint): number => {
    state = (state * 0x5deece66dn + 0xbn) & mask
    return Number(state >> (48n - count))
  }
  return (bits(26n) * 2 ** 27 + bits(27n)) / 2 ** 53
}
