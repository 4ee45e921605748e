import {
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn'
import { InvalidInput } from '#shared/errors/errors.ts'
import { MACHINE_LIMITS, type Machines, type ResumeOutcome, type StartRequest } from '#shared/world/machines.ts'
import type { Json } from '#shared/world/table.ts'
import { isNamedBy, machineFault } from './machine-fault.ts'
import { type Publication, publishMachine } from './publish-machine.ts'

/** docs.aws.amazon.com/step-functions, "SendTaskFailure". */
const ERROR_CHARACTERS = 256
const CAUSE_CHARACTERS = 32_768

/**
 * Step Functions, Standard workflows; one state machine for each name, started by the ARN of one of its versions.
 * `publish` gives the latest version again when its definition is the same. AWS does not tell a start that began an
 * execution from one that found it running with the same input: both are `started`. `stop` says `stopped` also of an
 * execution that had ended before.
 */
export function stepFunctions(options: Publication & { readonly client: SFNClient }): Machines {
  const { client } = options
  return {
    publish: async (name, definition) => ({ machine: await publishMachine(client, options, { name, definition }) }),
    start: (request) => start(client, request),
    resume: (token, outcome) => resume(client, token, outcome),
    stop: (machine, name) => stop(client, machine, name),
  }
}

async function start(
  client: SFNClient,
  { machine, name, input }: StartRequest,
): Promise<'started' | 'already-started'> {
  const request = {
    stateMachineArn: machine,
    name: checkedName(name),
    input: payloadOf(input, 'The input of an execution'),
  }
  try {
    await client.send(new StartExecutionCommand(request))
    return 'started'
  } catch (error) {
    if (isNamedBy(error, ['ExecutionAlreadyExists'])) return 'already-started'
    throw machineFault(error)
  }
}

async function resume(client: SFNClient, taskToken: string, outcome: ResumeOutcome): Promise<'resumed' | 'gone'> {
  const command =
    'output' in outcome
      ? new SendTaskSuccessCommand({ taskToken, output: payloadOf(outcome.output, 'The output of a task') })
      : new SendTaskFailureCommand({
          taskToken,
          error: outcome.error.slice(0, ERROR_CHARACTERS),
          cause: outcome.cause.slice(0, CAUSE_CHARACTERS),
        })
  try {
    await (command instanceof SendTaskSuccessCommand ? client.send(command) : client.send(command))
    return 'resumed'
  } catch (error) {
    if (isNamedBy(error, ['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])) return 'gone'
    throw machineFault(error)
  }
}

async function stop(client: SFNClient, machine: string, name: string): Promise<'stopped' | 'gone'> {
  try {
    await client.send(new StopExecutionCommand({ executionArn: executionArn(machine, name) }))
    return 'stopped'
  } catch (error) {
    if (isNamedBy(error, ['ExecutionDoesNotExist'])) return 'gone'
    throw machineFault(error)
  }
}

/** `arn:…:stateMachine:<machine>:<version>` and a name make `arn:…:execution:<machine>:<name>`. */
function executionArn(machine: string, name: string): string {
  const [arn, partition, service, region, account, , machineName] = machine.split(':')
  return [arn, partition, service, region, account, 'execution', machineName, name].join(':')
}

function checkedName(name: string): string {
  if (name.length <= MACHINE_LIMITS.nameCharacters && /^[A-Za-z0-9_-]+$/.test(name)) return name
  throw new InvalidInput(
    'machines.bad-name',
    `A name has 1 to ${MACHINE_LIMITS.nameCharacters} of the characters A-Z, a-z, 0-9, _ and -.`,
  )
}

function payloadOf(value: Json, what: string): string {
  const text = JSON.stringify(value)
  if (Buffer.byteLength(text) <= MACHINE_LIMITS.payloadBytes) return text
  throw new InvalidInput('machines.payload-too-large', `${what} may have ${MACHINE_LIMITS.payloadBytes} bytes.`)
}
