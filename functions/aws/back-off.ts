import { setTimeout } from 'node:timers/promises'

const FIRST_MS = 25
const LONGEST_MS = 1_000

/** How often something is tried before its caller hears of it. */
export const ATTEMPTS = 6

/** Waits before another attempt: longer each time, and never two callers for the same time. */
export async function backOff(attemptsMade: number): Promise<void> {
  await setTimeout(Math.random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** attemptsMade))
}
