import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { commitsIn, lengthOf } from './commits.ts'
import { type EndState, endState } from './end-state.ts'
import { NOTHING, type Outside } from './fake-provider.ts'
import { open, type Progress, type Stages, type Story, type Telling, tell } from './story.ts'
import { watchedWorld } from './watched-world.ts'

/** A moment at which the process may die: what is on disk then, and what the outside has seen. */
export interface CrashPoint {
  /** So much of the write-ahead log is on disk. */
  readonly log: number
  readonly outside: Outside
  readonly progress: Progress
  /** The last call through a door before it. */
  readonly label: string
}

export interface Recording {
  readonly base: string
  readonly logFile: string
  readonly points: readonly CrashPoint[]
  readonly end: EndState
}

/**
 * Tells a story once, undisturbed, and finds every moment at which a crash would leave something else behind: every
 * commit, and around every call through a door. SQLite's log is only ever appended to, so the log cut at a point is what
 * the disk held then.
 */
export async function record(story: Story, stages: Stages, base: string, from?: CrashPoint): Promise<Recording> {
  const folder = stages.copy(base)
  const logFile = join(folder, 'throughline.db-wal')
  const seen: CrashPoint[] = []
  let progress: Progress = from?.progress ?? { moment: 0, accepted: false }
  let telling: Telling | undefined
  const note = (label: string): void => {
    const outside = telling?.provider?.outside ?? from?.outside ?? NOTHING
    seen.push({ log: lengthOf(logFile), outside, progress, label })
  }
  telling = open(story, folder, {
    outside: from?.outside,
    wrapWorld: (world) =>
      watchedWorld(world, async (call, effect) => {
        note(`before ${call}`)
        const answer = await effect()
        note(`after ${call}`)
        return answer
      }),
  })
  await tell(story, telling, progress, (reached) => {
    progress = reached
    note(`moment ${reached.moment}, ${reached.accepted ? 'accepted' : 'to come'}`)
  })
  const kept = stages.newFolder()
  cpSync(folder, kept, { recursive: true })
  const end = await endState(telling)
  await telling.system.stop()
  return {
    base,
    logFile: join(kept, 'throughline.db-wal'),
    points: distinct(withCommits(seen, commitsIn(join(kept, 'throughline.db-wal')))),
    end,
  }
}

/** Commits between two calls happen with the outside as it was at the first. */
function withCommits(seen: readonly CrashPoint[], commits: readonly number[]): readonly CrashPoint[] {
  return seen.flatMap((point, at) => {
    const until = seen[at + 1]?.log ?? Number.POSITIVE_INFINITY
    return [point, ...commits.filter((log) => log > point.log && log < until).map((log) => ({ ...point, log }))]
  })
}

function distinct(points: readonly CrashPoint[]): readonly CrashPoint[] {
  const key = ({ log, outside, progress }: CrashPoint) =>
    JSON.stringify([log, outside.calls, outside.taken.length, progress])
  return [...new Map(points.toReversed().map((point) => [key(point), point])).values()].toReversed()
}

/** The data folder as the crash leaves it. */
export function folderAt({ base, logFile }: Recording, { log }: CrashPoint, stages: Stages): string {
  const folder = stages.copy(base)
  const file = join(folder, 'throughline.db-wal')
  writeFileSync(file, readFileSync(logFile).subarray(0, log))
  return folder
}

export interface Recovery {
  /** The sender repeats what it had an answer to. */
  readonly resend?: boolean
  /** Minutes until the system is there again. */
  readonly downtime?: number
}

/** Opens what a crash left, and tells the rest of the story. */
export async function recover<T>(
  story: Story,
  recording: Recording,
  point: CrashPoint,
  stages: Stages,
  { resend = false, downtime }: Recovery,
  inspect: (telling: Telling) => Promise<T>,
): Promise<T> {
  const folder = folderAt(recording, point, stages)
  const telling = open(story, folder, { outside: point.outside, downtime })
  await tell(story, telling, resend ? { ...point.progress, accepted: false } : point.progress)
  const end = await inspect(telling)
  await telling.system.stop()
  stages.drop(folder)
  return end
}
