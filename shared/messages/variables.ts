import type { Brand } from '../brand/brand.ts'

/** What messages see of the brand, as `brand.…`. */
export function brandVariables({ name, facts, look, legal }: Brand) {
  return { name, facts, look, legal }
}

/** The roots that every message knows; what is below `customer`, `entry` and `saved` is up to the data. */
export const OPEN_ROOTS: readonly string[] = ['customer', 'entry', 'saved']

export const LINK_NAMES: readonly string[] = ['unsubscribe', 'preferences']
