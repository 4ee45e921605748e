import type { System } from '#local/system.ts'
import { tellingDue } from '#local/telling-due.ts'
import type { World } from '#shared/world/world.ts'
import { aDynamoDbTable } from './a-dynamodb-table.ts'
import { DueSweeps } from './due-sweeps.ts'

/** The embedded world with its rows in DynamoDB; queues, machines and providers are the embedded ones. */
export interface DynamoDbWorld {
  /** The world as one more function sees it, which shares nothing with the others but the table. */
  wrapWorld(world: World): World
  /** To be called before the clock moves: what falls due is attended to from then on. */
  join(system: System): void
  close(): void
}

export async function aDynamoDbWorld(): Promise<DynamoDbWorld> {
  const { open, close } = await aDynamoDbTable()
  const sweeps = new DueSweeps()
  return {
    wrapWorld: (world) => ({ ...world, table: tellingDue(open(world.clock), (at) => sweeps.expect(at)) }),
    join: (system) => sweeps.join(system),
    close,
  }
}
