import { DeleteStateMachineCommand, paginateListStateMachines, type SFNClient } from '@aws-sdk/client-sfn'

/** Deletes all machines whose ARN begins so; runs under way end at their next state. Returns how many there were. */
export async function deleteMachines(client: SFNClient, arnPrefix: string): Promise<number> {
  const arns: string[] = []
  for await (const { stateMachines = [] } of paginateListStateMachines({ client, pageSize: 1000 }, {}))
    for (const { stateMachineArn = '' } of stateMachines)
      if (stateMachineArn.startsWith(arnPrefix)) arns.push(stateMachineArn)
  for (const stateMachineArn of arns) await client.send(new DeleteStateMachineCommand({ stateMachineArn }))
  return arns.length
}
