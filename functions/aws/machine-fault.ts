import { Conflict, InvalidInput, Misconfigured, messageOf, Unavailable } from '#shared/errors/errors.ts'
import { faultOf } from './fault.ts'

/** What Step Functions answers, and what it means to the caller. */
const MEANINGS: Readonly<Record<string, (message: string) => Error>> = {
  InvalidDefinition: (message) => new InvalidInput('machines.bad-definition', `The definition cannot run: ${message}`),
  InvalidName: () => new InvalidInput('machines.bad-name', 'Step Functions does not take that name.'),
  InvalidExecutionInput: () => new InvalidInput('machines.bad-input', 'Step Functions does not take that input.'),
  InvalidOutput: () => new InvalidInput('machines.bad-output', 'Step Functions does not take that output.'),
  InvalidArn: () => unknownMachine(),
  StateMachineDoesNotExist: () => unknownMachine(),
  StateMachineDeleting: () =>
    new Unavailable(
      'machines.still-deleted',
      'The machine of before is deleted only once its runs have ended; try again in a minute.',
    ),
  StateMachineAlreadyExists: () => sameTime(),
  ConflictException: () => sameTime(),
  StateMachineLimitExceeded: () => tooMany('state machines'),
  ServiceQuotaExceededException: () => tooMany('versions of this state machine'),
  ExecutionLimitExceeded: () =>
    new Unavailable(
      'machines.too-many-open',
      'Too many executions are open in this account; ask AWS for a larger quota.',
    ),
}

/** As `faultOf`, knowing the errors of Step Functions. A definition holds no addresses, so what is wrong with it is told. */
export function machineFault(error: unknown): Error {
  const name = error instanceof Error ? error.name : ''
  const meaning = Object.hasOwn(MEANINGS, name) ? MEANINGS[name] : undefined
  return meaning?.(messageOf(error)) ?? faultOf(error, 'Step Functions')
}

export function isNamedBy(error: unknown, names: readonly string[]): boolean {
  return error instanceof Error && names.includes(error.name)
}

function unknownMachine(): InvalidInput {
  return new InvalidInput('machines.unknown-machine', 'There is no such machine; publish it first.')
}

function sameTime(): Conflict {
  return new Conflict('machines.published-twice', 'Somebody else publishes this machine now; publish it again.')
}

function tooMany(what: string): Misconfigured {
  return new Misconfigured(
    'machines.quota',
    `There are too many ${what}: remove old ones, or ask AWS for a larger quota.`,
  )
}
