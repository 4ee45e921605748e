import type { LastStep, OpenRun, Profile, RunWait } from './profile.ts'

/** Runs as lists, since each of their names would be stored with each of them. */
export type StoredRun = readonly [
  journey: string,
  version: number,
  run: number,
  enteredAt: number,
  endsBy: number,
  wait: readonly [string, readonly string[], conversation?: string] | null,
  home?: string | null,
  last?: StoredLast,
]

type StoredLast = readonly [
  at: number,
  step?: string | null,
  path?: number | null,
  until?: number | null,
  rounds?: readonly number[] | null,
  toCome?: boolean,
]

export function encodeRuns(runs: Profile['runs']): Record<string, StoredRun> {
  const stored: Record<string, StoredRun> = {}
  for (const [id, run] of Object.entries(runs)) {
    const wait = run.wait === undefined ? null : encodeWait(run.wait)
    const base = [run.journey, run.version, run.run, run.enteredAt, run.endsBy, wait] as const
    stored[id] = shortened([...base, run.home, run.last && encodeLast(run.last)]) as unknown as StoredRun
  }
  return stored
}

export function decodeRuns(stored: Readonly<Record<string, StoredRun>>): Record<string, OpenRun> {
  const runs: Record<string, OpenRun> = {}
  for (const [id, [journey, version, run, enteredAt, endsBy, wait, home, last]] of Object.entries(stored)) {
    const waiting = wait === null ? undefined : { step: wait[0], types: wait[1], conversation: wait[2] }
    runs[id] = {
      journey,
      version,
      run,
      enteredAt,
      endsBy,
      wait: waiting,
      home: home ?? undefined,
      last: last && decodeLast(last),
    }
  }
  return runs
}

function encodeWait({ step, types, conversation }: RunWait): NonNullable<StoredRun[5]> {
  return conversation === undefined ? [step, types] : [step, types, conversation]
}

function encodeLast({ at, step, path, until, rounds, toCome }: LastStep): StoredLast {
  return shortened([at, step, path, until, rounds, toCome]) as unknown as StoredLast
}

function decodeLast([at, step, path, until, rounds, toCome]: StoredLast): LastStep {
  return {
    at,
    ...present('step', step),
    ...present('path', path),
    ...present('until', until),
    ...present('rounds', rounds),
    ...present('toCome', toCome),
  }
}

function present<K extends string, V>(name: K, value: V | null | undefined): { readonly [key in K]?: V } {
  return value === undefined || value === null ? {} : ({ [name]: value } as { readonly [key in K]?: V })
}

/** Without the members that are missing at the end; others become null. */
function shortened(list: readonly unknown[]): readonly unknown[] {
  return list.slice(0, list.findLastIndex((one) => one !== undefined) + 1).map((one) => one ?? null)
}
