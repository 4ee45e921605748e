import { isNamed } from '#shared/errors/errors.ts'
import type { Definition, Machines } from '#shared/world/machines.ts'
import { type AwsAnswer, type AwsRequest, answered, refused } from './aws-request.ts'
import { ENVIRONMENT, MACHINE_ARN_PREFIX } from './installation.ts'

/** Step Functions, played onto the embedded machines, which have the names without the installation's prefix. */
export async function states(request: AwsRequest, machines: Machines): Promise<AwsAnswer> {
  const play = ACTIONS[request.action]
  if (play === undefined) throw new Error(`The stage does not play ${request.action} of Step Functions.`)
  try {
    return await play(request.body, machines)
  } catch (error) {
    if (!isNamed(error, 'InvalidInput')) throw error
    return refused('ValidationException')
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

// biome-ignore lint/suspicious/noExplicitAny: JSON, of which each action looks at another place
type Action = (body: any, machines: Machines) => Promise<AwsAnswer>

const ACTIONS: Readonly<Record<string, Action>> = {
  DescribeStateMachine: async ({ stateMachineArn }, machines) => {
    const latest = revisions(machines).get(stateMachineArn)
    return latest === undefined ? refused('StateMachineDoesNotExist') : answered({ ...latest, stateMachineArn })
  },
  CreateStateMachine: ({ name, ...rest }, machines) => publish(machines, arnBeforeName() + name, rest),
  UpdateStateMachine: ({ stateMachineArn, ...rest }, machines) => publish(machines, stateMachineArn, rest),
  PublishStateMachineVersion: async ({ stateMachineArn }, machines) =>
    answered({ stateMachineVersionArn: revisions(machines).get(stateMachineArn)?.version }),
  StartExecution: async ({ stateMachineArn, name, input }, machines) => {
    const [machine, version] = stateMachineArn.slice(MACHINE_ARN_PREFIX.length).split(':')
    const outcome = await machines.start({ machine: `${machine}:${version}`, name, input: JSON.parse(input) })
    const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`
    return outcome === 'started' ? answered({ executionArn, startDate: 0 }) : refused('ExecutionAlreadyExists')
  },
  SendTaskSuccess: async ({ taskToken, output }, machines) => told(machines, taskToken, { output: JSON.parse(output) }),
  SendTaskFailure: async ({ taskToken, error, cause }, machines) => told(machines, taskToken, { error, cause }),
  StopExecution: async ({ executionArn }, machines) => {
    const [machine = '', name = ''] = executionArn.split(':').slice(-2)
    const prefix = MACHINE_ARN_PREFIX.split(':').at(-1) ?? ''
    const outcome = await machines.stop(`${machine.slice(prefix.length)}:`, name)
    return outcome === 'stopped' ? answered({ stopDate: 0 }) : refused('ExecutionDoesNotExist')
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

async function publish(
  machines: Machines,
  arn: string,
  { definition, roleArn, loggingConfiguration }: Omit<Published, 'version'>,
): Promise<AwsAnswer> {
  const name = arn.slice(MACHINE_ARN_PREFIX.length)
  const { machine } = await machines.publish(name, embeddedDefinition(definition))
  const version = `${arn}:${machine.split(':').at(-1)}`
  revisions(machines).set(arn, { definition, roleArn, loggingConfiguration, version })
  return answered({ stateMachineArn: arn, stateMachineVersionArn: version, creationDate: 0, updateDate: 0 })
}

/** Functions have their names in the catalog again. */
function embeddedDefinition(text: string): Definition {
  return JSON.parse(text, (key, value) =>
    key === 'FunctionName' && typeof value === 'string' && value.startsWith(ENVIRONMENT.FUNCTION_NAME_PREFIX)
      ? value.slice(ENVIRONMENT.FUNCTION_NAME_PREFIX.length)
      : value,
  )
}

async function told(machines: Machines, token: string, outcome: Parameters<Machines['resume']>[1]): Promise<AwsAnswer> {
  return (await machines.resume(token, outcome)) === 'resumed' ? answered({}) : refused('TaskTimedOut')
}
