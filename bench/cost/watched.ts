import type { BrandFolder } from '#shared/journeys/folder/brand-folder.ts'
import { publishBrandFolder } from '#shared/journeys/versions/publish.ts'
import { type AwsStage, anAwsStage } from '#test/aws/an-aws-stage.ts'
import type { RecordedCall } from '#test/aws/recorded-call.ts'

/** What the system did while it was watched. */
export interface Watched {
  readonly calls: readonly RecordedCall[]
  /** The functions that ran, by name. */
  readonly runs: readonly string[]
  /** Of rows, that the follower of the table's stream was told of. */
  readonly changes: number
  /** States that were entered. */
  readonly transitions: number
  /** Of this process, with everything that is played in it: more than the functions alone would take. */
  readonly cpuSeconds: number
}

/** A system on the adapters of AWS that can be watched. */
export interface WatchedStage extends AwsStage {
  watch(happening: () => Promise<unknown>): Promise<Watched>
}

/** @param dynamoDb where DynamoDB Local listens */
export async function openWatched(dynamoDb: string, folder: BrandFolder): Promise<WatchedStage> {
  let transitions = 0
  const stage = await anAwsStage(dynamoDb, {
    observe: ({ kind }) => {
      if (kind === 'entered') transitions += 1
    },
  })
  await publishBrandFolder(stage.system.world, folder)
  const totals = () => ({ calls: stage.calls.length, runs: stage.runs.length, changes: stage.changes(), transitions })
  return {
    ...stage,
    watch: async (happening) => {
      const before = totals()
      const cpu = process.cpuUsage()
      await happening()
      const { user, system } = process.cpuUsage(cpu)
      return {
        calls: stage.calls.slice(before.calls),
        runs: stage.runs.slice(before.runs),
        changes: stage.changes() - before.changes,
        transitions: transitions - before.transitions,
        cpuSeconds: (user + system) / 1e6,
      }
    },
  }
}
