import { isNamed } from '#shared/errors/errors.ts'
import type { Definition, Machines } from '#shared/world/machines.ts'
import { type AwsAnswer, AwsRefusal } from '#test/builders/an-aws-server.ts'
import type { AwsCall } from '../contracts/aws/read-request.ts'
import { ENVIRONMENT, MACHINE_ARN_PREFIX } from './installation.ts'

/** Step Functions, played onto the embedded machines, which have the names without the installation's prefix. */
export async function states({ operation, body }: AwsCall, machines: Machines): Promise<AwsAnswer> {
  const play = OPERATIONS[operation]
  if (play === undefined) throw new Error(`The stage does not play ${operation} of Step Functions.`)
  try {
    return await play(body, machines)
  } catch (error) {
    if (!isNamed(error, 'InvalidInput')) throw error
    return new AwsRefusal('ValidationException')
  }
}

interface Published {
  readonly definition: string
  readonly roleArn: string
  readonly loggingConfiguration: unknown
  readonly version: string
}

/** The latest revision of each machine, by where it is published. */
const published = new WeakMap<Machines, Map<string, Published>>()

// biome-ignore lint/suspicious/noExplicitAny: JSON, of which each operation looks at another place
type Operation = (body: any, machines: Machines) => Promise<AwsAnswer>

const OPERATIONS: Readonly<Record<string, Operation>> = {
  DescribeStateMachine: async ({ stateMachineArn }, machines) => {
    const latest = revisions(machines).get(stateMachineArn)
    if (latest === undefined) return new AwsRefusal('StateMachineDoesNotExist')
    const { version: _, ...described } = latest
    return { ...described, stateMachineArn }
  },
  CreateStateMachine: async ({ name, ...rest }, machines) => {
    const stateMachineArn = arnBeforeName() + name
    const stateMachineVersionArn = await publish(machines, stateMachineArn, rest)
    return { stateMachineArn, stateMachineVersionArn, creationDate: 0 }
  },
  UpdateStateMachine: async ({ stateMachineArn, ...rest }, machines) => ({
    stateMachineVersionArn: await publish(machines, stateMachineArn, rest),
    updateDate: 0,
  }),
  PublishStateMachineVersion: async ({ stateMachineArn }, machines) => ({
    stateMachineVersionArn: revisions(machines).get(stateMachineArn)?.version,
    creationDate: 0,
  }),
  StartExecution: async ({ stateMachineArn, name, input }, machines) => {
    const [machine, version] = stateMachineArn.slice(MACHINE_ARN_PREFIX.length).split(':')
    const outcome = await machines.start({ machine: `${machine}:${version}`, name, input: JSON.parse(input) })
    const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`
    return outcome === 'started' ? { executionArn, startDate: 0 } : new AwsRefusal('ExecutionAlreadyExists')
  },
  SendTaskSuccess: async ({ taskToken, output }, machines) => told(machines, taskToken, { output: JSON.parse(output) }),
  SendTaskFailure: async ({ taskToken, error, cause }, machines) => told(machines, taskToken, { error, cause }),
  StopExecution: async ({ executionArn }, machines) => {
    const [machine = '', name = ''] = executionArn.split(':').slice(-2)
    const prefix = MACHINE_ARN_PREFIX.split(':').at(-1) ?? ''
    const outcome = await machines.stop(`${machine.slice(prefix.length)}:`, name)
    return outcome === 'stopped' ? { stopDate: 0 } : new AwsRefusal('ExecutionDoesNotExist')
  },
}

function revisions(machines: Machines): Map<string, Published> {
  const known = published.get(machines) ?? new Map()
  published.set(machines, known)
  return known
}

function arnBeforeName(): string {
  return MACHINE_ARN_PREFIX.slice(0, MACHINE_ARN_PREFIX.lastIndexOf(':') + 1)
}

/** Returns the ARN of the version. */
async function publish(
  machines: Machines,
  arn: string,
  { definition, roleArn, loggingConfiguration }: Omit<Published, 'version'>,
): Promise<string> {
  const name = arn.slice(MACHINE_ARN_PREFIX.length)
  const { machine } = await machines.publish(name, embeddedDefinition(definition))
  const version = `${arn}:${machine.split(':').at(-1)}`
  revisions(machines).set(arn, { definition, roleArn, loggingConfiguration, version })
  return version
}

/** Functions have their names in the catalog again. */
function embeddedDefinition(text: string): Definition {
  const prefix = `${ENVIRONMENT.STACK}-`
  return JSON.parse(text, (key, value) =>
    key === 'FunctionName' && typeof value === 'string' && value.startsWith(prefix)
      ? value.slice(prefix.length)
      : value,
  )
}

async function told(machines: Machines, token: string, outcome: Parameters<Machines['resume']>[1]): Promise<AwsAnswer> {
  return (await machines.resume(token, outcome)) === 'resumed' ? {} : new AwsRefusal('TaskTimedOut')
}
