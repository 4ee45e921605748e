import { PRICES, type Unit } from './prices.ts'

/** How much of what was used. */
export type Usage = Readonly<Partial<Record<Unit, number>>>

interface Line {
  readonly unit: Unit
  readonly amount: number
  readonly dollars: number
}

export interface Bill {
  /** The dearest first. */
  readonly lines: readonly Line[]
  readonly dollars: number
}

interface Terms {
  /** Whether what every account has for nothing is taken off, as if nothing else ran in it. */
  readonly free: boolean
}

export function billFor(usage: Usage, { free }: Terms = { free: false }): Bill {
  const lines = entriesOf(usage)
    .map(([unit, amount]): Line => ({ unit, amount, dollars: dollarsFor(unit, amount, free) }))
    .sort((a, b) => b.dollars - a.dollars)
  return { lines, dollars: lines.reduce((sum, line) => sum + line.dollars, 0) }
}

function dollarsFor(unit: Unit, amount: number, isFree: boolean): number {
  const price: { readonly dollars: number; readonly free?: number } = PRICES[unit]
  return Math.max(0, amount - (isFree ? (price.free ?? 0) : 0)) * price.dollars
}

export function addUsage(...usages: readonly Usage[]): Usage {
  const sum: Partial<Record<Unit, number>> = {}
  for (const [unit, amount] of usages.flatMap(entriesOf)) sum[unit] = (sum[unit] ?? 0) + amount
  return sum
}

/** @param times as in a million of what was counted a hundred of: 10,000. */
export function scaleUsage(usage: Usage, times: number): Usage {
  return Object.fromEntries(entriesOf(usage).map(([unit, amount]) => [unit, amount * times]))
}

function entriesOf(usage: Usage): readonly (readonly [Unit, number])[] {
  // A usage has no other keys.
  return Object.entries(usage) as (readonly [Unit, number])[]
}
