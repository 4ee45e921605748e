import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation'
import type { Installation } from '#infra/installations.ts'
import { Misconfigured } from '#shared/errors/errors.ts'
import { type AwsAccess, asked } from './asking.ts'

/** What a stack says to whoever deployed it, by the names of its outputs. */
export type Outputs = Readonly<Record<string, string>>

/** Undefined where there is none, which is no failure to somebody who asks whether there is. */
export async function describeStack(name: string, access: AwsAccess): Promise<Stack | undefined> {
  const client = new CloudFormationClient(access)
  const answer = client.send(new DescribeStacksCommand({ StackName: name })).catch((error: unknown) => {
    // CloudFormation has no error of its own for it.
    if (error instanceof Error && /does not exist/.test(error.message)) return { Stacks: [] }
    throw error
  })
  return (await asked(answer, 'CloudFormation')).Stacks?.[0]
}

export function outputsOf({ Outputs = [] }: Stack): Outputs {
  return Object.fromEntries(Outputs.map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]))
}

/** @throws Misconfigured where it is not deployed, or says nothing of the name. */
export async function outputsFor<Name extends string>(
  { name, stack }: Installation,
  names: readonly Name[],
  access: AwsAccess,
): Promise<Readonly<Record<Name, string>>> {
  const found = await describeStack(stack, access)
  if (found === undefined) {
    const remedy = `"npx cdk deploy ${stack}" deploys it; if it is elsewhere, name its region in installations.yaml.`
    throw new Misconfigured('aws.no-stack', `There is no stack ${stack} where AWS was asked. ${remedy}`)
  }
  const outputs = outputsOf(found)
  const absent = names.filter((one) => outputs[one] === undefined)
  if (absent.length === 0) return outputs as Readonly<Record<Name, string>> // none of them is absent
  const remedy = `"throughline doctor ${name}" says in what state it is; deploy it again.`
  throw new Misconfigured('aws.no-output', `${stack} has no output ${absent.join(', ')}. ${remedy}`)
}
