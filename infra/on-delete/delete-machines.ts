import {
  DeleteStateMachineCommand,
  paginateListExecutions,
  paginateListStateMachines,
  type SFNClient,
  StateMachineDoesNotExist,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn'

/** So many runs are stopped at a time. */
const AT_ONCE = 20

/**
 * Deletes all machines whose ARN begins so, and returns how many there were. Their runs are stopped as long as there is
 * time: a machine lasts until its runs are over, which is when they come to their next state, and nobody can make
 * another of its name before. One that waits comes there in days.
 */
export async function deleteMachines(client: SFNClient, arnPrefix: string, isTimeLeft: () => boolean): Promise<number> {
  const arns: string[] = []
  for await (const { stateMachines = [] } of paginateListStateMachines({ client, pageSize: 1000 }, {}))
    for (const { stateMachineArn = '' } of stateMachines)
      if (stateMachineArn.startsWith(arnPrefix)) arns.push(stateMachineArn)
  for (const stateMachineArn of arns) await client.send(new DeleteStateMachineCommand({ stateMachineArn }))
  for (const stateMachineArn of arns) await stopRuns(client, stateMachineArn, isTimeLeft)
  return arns.length
}

/** Without runs a machine may be gone before it is asked for them. */
async function stopRuns(client: SFNClient, stateMachineArn: string, isTimeLeft: () => boolean): Promise<void> {
  const running = { stateMachineArn, statusFilter: 'RUNNING' } as const
  try {
    for await (const { executions = [] } of paginateListExecutions({ client, pageSize: AT_ONCE }, running)) {
      if (!isTimeLeft()) return
      const stops = executions.map(({ executionArn }) => new StopExecutionCommand({ executionArn }))
      await Promise.all(stops.map((stop) => client.send(stop)))
    }
  } catch (error) {
    if (!(error instanceof StateMachineDoesNotExist)) throw error
  }
}
