import type { Retrier } from './definition.ts'

/** AWS lets neither Retry nor Catch see this one; States.ALL does match States.DataLimitExceeded, as recorded there. */
const UNCATCHABLE = 'States.Runtime'

/** Whether a list of error names covers `error`. */
export function matches(errorEquals: readonly string[], error: string | undefined): boolean {
  if (error === UNCATCHABLE) return false
  return errorEquals.some(
    (name) => name === error || name === 'States.ALL' || (name === 'States.TaskFailed' && error !== 'States.Timeout'),
  )
}

/**
 * The first retrier that covers `error` decides, even when it is used up.
 * @param attempts retries used so far, for each retrier.
 */
export function retryOf(
  retriers: readonly Retrier[],
  attempts: readonly number[],
  error: string | undefined,
): { readonly retrier: Retrier; readonly used: number; readonly attempts: readonly number[] } | undefined {
  const at = retriers.findIndex(({ ErrorEquals }) => matches(ErrorEquals, error))
  const retrier = retriers[at]
  const used = attempts[at] ?? 0
  if (retrier === undefined || used >= retrier.MaxAttempts) return undefined
  return { retrier, used, attempts: retriers.map((_, index) => (attempts[index] ?? 0) + (index === at ? 1 : 0)) }
}

/** Milliseconds before the next attempt, when `used` retries of this retrier lie behind. */
export function retryDelay(retrier: Retrier, used: number, random: () => number): number {
  const seconds = Math.min(
    retrier.IntervalSeconds * retrier.BackoffRate ** used,
    retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY,
    LONGEST_SECONDS,
  )
  return Math.round(seconds * 1_000 * (retrier.JitterStrategy === 'FULL' ? random() : 1))
}

/** The longest wait or timeout of the Amazon States Language. */
export const LONGEST_SECONDS = 99_999_999
