import { type Finding, missing, ok, type WayOut, warning } from './finding.ts'

/** A quota and what is expected of it; the share that leaves room for a busy day is 70 %. */
interface Volume extends WayOut {
  readonly has: number
  /** Undefined where nothing is expected. */
  readonly needs: number | undefined
  /** As in `a day`. */
  readonly unit: string
}

const ROOM = 0.7

/** Compares a quota with what installations.yaml expects. */
export function compare(check: string, text: string, { has, needs, unit, ...wayOut }: Volume): Finding {
  if (needs === undefined) return ok(check, text)
  const expected = `${number(needs)} ${unit} are expected`.replace('  ', ' ')
  if (needs > has) return missing(check, `${text}; ${expected}`, wayOut)
  if (needs > has * ROOM) return warning(check, `${text}; ${expected}, which leaves little room`, wayOut)
  return ok(check, `${text}; ${expected}`)
}

/** `2,000,000`; people read it. */
export function number(value: number): string {
  return value === Number.POSITIVE_INFINITY ? 'any number of' : Math.round(value).toLocaleString('en-US')
}
