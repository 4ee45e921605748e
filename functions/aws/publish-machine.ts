import { isDeepStrictEqual } from 'node:util'
import {
  CreateStateMachineCommand,
  DescribeStateMachineCommand,
  type DescribeStateMachineCommandOutput,
  type LoggingConfiguration,
  PublishStateMachineVersionCommand,
  type SFNClient,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn'
import { Impossible, InvalidInput } from '#shared/errors/errors.ts'
import { type Definition, MACHINE_LIMITS } from '#shared/world/machines.ts'
import { isNamedBy, machineFault } from './machine-fault.ts'

/** Where the machines of an installation are, and what they may use. */
export interface Publication {
  /** `arn:aws:states:<region>:<account>:stateMachine:<stack>_`: a machine's name follows. */
  readonly machineArnPrefix: string
  /** What a machine runs as. */
  readonly roleArn: string
  /** Where a machine tells of what failed; it ends in `:*`. */
  readonly logGroupArn: string
  /** What every machine is tagged with, so that the last one out finds them all. */
  readonly installation: string
  /** The deployed function of a name in the catalog: its name or ARN. */
  readonly functionName: (name: string) => string
}

interface Request {
  readonly stateMachineArn: string
  readonly definition: string
  readonly roleArn: string
  readonly loggingConfiguration: LoggingConfiguration
}

/** Makes a version of the machine, or finds the one there is, and returns its ARN. */
export async function publishMachine(
  client: SFNClient,
  { machineArnPrefix, roleArn, logGroupArn, installation, functionName }: Publication,
  { name, definition }: { readonly name: string; readonly definition: Definition },
): Promise<string> {
  const stateMachineArn = machineArnPrefix + name
  const text = JSON.stringify(withFunctions(definition, functionName))
  checkSize(nameIn(stateMachineArn), text)
  const request = { stateMachineArn, definition: text, roleArn, loggingConfiguration: logging(logGroupArn) }
  try {
    return published(await send(client, request, installation))
  } catch (error) {
    throw machineFault(error)
  }
}

/** Of what failed only; what a run carries is told nowhere. */
function logging(logGroupArn: string): LoggingConfiguration {
  return {
    level: 'ERROR',
    includeExecutionData: false,
    destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }],
  }
}

async function send(
  client: SFNClient,
  request: Request,
  installation: string,
): Promise<{ readonly stateMachineVersionArn?: string | undefined }> {
  const { stateMachineArn } = request
  const latest = await describe(client, stateMachineArn)
  if (latest === undefined) return create(client, request, installation)
  // Publishing a revision that has a version gives that version.
  if (isSame(latest, request)) return client.send(new PublishStateMachineVersionCommand({ stateMachineArn }))
  return client.send(new UpdateStateMachineCommand({ ...request, publish: true }))
}

async function describe(client: SFNClient, stateMachineArn: string) {
  try {
    return await client.send(new DescribeStateMachineCommand({ stateMachineArn }))
  } catch (error) {
    if (isNamedBy(error, ['StateMachineDoesNotExist'])) return undefined
    throw error
  }
}

function isSame(latest: DescribeStateMachineCommandOutput, { roleArn, definition, loggingConfiguration }: Request) {
  const { level, destinations } = latest.loggingConfiguration ?? {}
  return (
    latest.roleArn === roleArn &&
    level === loggingConfiguration.level &&
    isDeepStrictEqual(destinations, loggingConfiguration.destinations) &&
    isDeepStrictEqual(JSON.parse(latest.definition ?? ''), JSON.parse(definition))
  )
}

function create(client: SFNClient, { stateMachineArn, ...request }: Request, installation: string) {
  return client.send(
    new CreateStateMachineCommand({
      name: nameIn(stateMachineArn),
      ...request,
      type: 'STANDARD',
      publish: true,
      tags: [
        { key: 'throughline', value: 'journey' },
        { key: 'installation', value: installation },
      ],
    }),
  )
}

function published({ stateMachineVersionArn }: { readonly stateMachineVersionArn?: string | undefined }): string {
  if (stateMachineVersionArn !== undefined) return stateMachineVersionArn
  throw new Impossible('machines.no-version', 'Step Functions published a machine and did not say which version it is.')
}

/** The definition calls functions by their names in the catalog; AWS has to find them. */
function withFunctions(definition: Definition, functionName: (name: string) => string): Definition {
  const States = Object.fromEntries(
    Object.entries(definition.States).map(([name, state]) => [name, withFunction(state, functionName)]),
  )
  return { ...definition, States }
}

function withFunction(
  state: Definition['States'][string],
  functionName: (name: string) => string,
): Definition['States'][string] {
  const { FunctionName, ...rest } = (state.Arguments ?? {}) as { readonly FunctionName?: unknown }
  if (typeof FunctionName !== 'string') return state
  return { ...state, Arguments: { FunctionName: functionName(FunctionName), ...rest } }
}

function checkSize(name: string, definition: string): void {
  const { nameCharacters, definitionBytes } = MACHINE_LIMITS
  if (name.length > nameCharacters || !/^[A-Za-z0-9_-]+$/.test(name))
    throw new InvalidInput(
      'machines.bad-name',
      `${name} may have ${nameCharacters} of the characters A-Z, a-z, 0-9, _ and -.`,
    )
  if (Buffer.byteLength(definition) > definitionBytes)
    throw new InvalidInput(
      'machines.definition-too-large',
      `The definition of ${name} may have ${definitionBytes} bytes; make the journey shorter.`,
    )
}

function nameIn(stateMachineArn: string): string {
  return stateMachineArn.split(':').at(-1) ?? ''
}
