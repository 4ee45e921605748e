import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SFNClient } from '@aws-sdk/client-sfn'
import { afterAll, describe, expect, it } from 'vitest'
import { eventBridgeBus } from '#functions/aws/bus.ts'
import { stepFunctions } from '#functions/aws/machines.ts'
import { managedSecrets } from '#functions/aws/secrets.ts'
import { type AwsAnswer, AwsRefusal, RawAnswer } from '#test/builders/an-aws-server.ts'
import { AwsService } from '#test/builders/an-aws-service.ts'
import { aMachine } from '#test/builders/machine-world.ts'
import { errorsOf, modelOf } from './model.ts'
import type { AwsCall } from './read-request.ts'

/*
 * Whatever a service answers to our doors to it has a meaning that its caller can act on: done, done before, try again
 * later, an operator must see to it. Only what would be a mistake of ours, in a request that its model allows, is
 * `Impossible`. All of these calls may be made twice.
 */

const ARN = 'arn:aws:states:eu-west-1:123456789012:stateMachine:throughline-kaffi-'
const VERSION = `${ARN}welcome:1`

/** A port that nothing listens to. */
const NOBODY = 'http://127.0.0.1:1'

const services: AwsService[] = []
afterAll(() => {
  for (const service of services) service.close()
})

/** The configuration of clients that this answers to. */
async function aService(play: (call: AwsCall, made: number) => AwsAnswer) {
  const service = await new AwsService().listen()
  services.push(service)
  service.plays(play)
  return { ...service.config, maxAttempts: 1, requestHandler: patient(5_000) }
}

function patient(requestTimeout: number) {
  return { connectionTimeout: 2_000, requestTimeout, throwOnRequestTimeout: true }
}

type Config = Awaited<ReturnType<typeof aService>>

const ROLE = 'arn:aws:iam::123456789012:role/machines'
const LOG_GROUP = 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/vendedlogs/states/throughline-kaffi:*'

const machinesOf = (config: Config) =>
  stepFunctions({
    client: new SFNClient(config),
    machineArnPrefix: ARN,
    roleArn: ROLE,
    logGroupArn: LOG_GROUP,
    installation: 'kaffi',
    functionName: (name) => name,
  })

const DEFINITION = aMachine({ done: { Type: 'Succeed' } })

interface Case {
  readonly signingName: string
  readonly operation: string
  readonly ask: (config: Config) => Promise<unknown>
  /** What the service answers to the operations before it. */
  readonly before?: Readonly<Record<string, AwsAnswer>>
  readonly taken: object
  readonly done: unknown
  /** What each error means that the operation declares. */
  readonly meanings: Readonly<Record<string, unknown>>
}

const KMS = {
  KmsAccessDeniedException: 'Misconfigured',
  KmsInvalidStateException: 'Misconfigured',
  KmsThrottlingException: 'Unavailable',
}
const { KmsInvalidStateException: _, ...KMS_AT_WRITING } = KMS

const PUBLISHING = {
  InvalidArn: 'InvalidInput',
  InvalidDefinition: 'InvalidInput',
  InvalidLoggingConfiguration: 'Misconfigured',
  InvalidTracingConfiguration: 'Misconfigured',
  InvalidEncryptionConfiguration: 'Misconfigured',
  StateMachineDeleting: 'Unavailable',
  ConflictException: 'Conflict',
  ValidationException: 'Impossible',
  ...KMS_AT_WRITING,
}

const RESUMING = {
  TaskDoesNotExist: 'gone',
  TaskTimedOut: 'gone',
  InvalidToken: 'gone',
  ...KMS,
}

const CASES: readonly Case[] = [
  {
    signingName: 'events',
    operation: 'PutEvents',
    ask: (config) =>
      eventBridgeBus({ client: new EventBridgeClient(config), busName: 'throughline-kaffi' }).publish([
        { source: 'app', detailType: 'order.completed', detail: { id: 'e1' } },
      ]),
    taken: { Entries: [{ EventId: 'e1' }], FailedEntryCount: 0 },
    done: [{ accepted: true, eventId: 'e1' }],
    meanings: { InternalException: 'Unavailable' },
  },
  {
    signingName: 'states',
    operation: 'CreateStateMachine',
    ask: (config) => machinesOf(config).publish('welcome', DEFINITION),
    before: { DescribeStateMachine: new AwsRefusal('StateMachineDoesNotExist') },
    taken: { stateMachineArn: `${ARN}welcome`, stateMachineVersionArn: VERSION },
    done: { machine: VERSION },
    meanings: {
      ...PUBLISHING,
      InvalidName: 'InvalidInput',
      StateMachineAlreadyExists: 'Conflict',
      StateMachineLimitExceeded: 'Misconfigured',
      StateMachineTypeNotSupported: 'Impossible',
      TooManyTags: 'Impossible',
    },
  },
  {
    signingName: 'states',
    operation: 'UpdateStateMachine',
    ask: (config) => machinesOf(config).publish('welcome', DEFINITION),
    before: { DescribeStateMachine: { definition: '{}', roleArn: 'another' } },
    taken: { updateDate: 1, stateMachineVersionArn: VERSION },
    done: { machine: VERSION },
    meanings: {
      ...PUBLISHING,
      MissingRequiredParameter: 'Impossible',
      ServiceQuotaExceededException: 'Misconfigured',
      StateMachineDoesNotExist: 'InvalidInput',
    },
  },
  {
    signingName: 'states',
    operation: 'DescribeStateMachine',
    ask: (config) => machinesOf(config).publish('welcome', DEFINITION),
    before: {
      CreateStateMachine: { stateMachineVersionArn: VERSION },
      UpdateStateMachine: { stateMachineVersionArn: VERSION },
    },
    taken: { definition: '{}', roleArn: 'another' },
    done: { machine: VERSION },
    meanings: { InvalidArn: 'InvalidInput', StateMachineDoesNotExist: { machine: VERSION }, ...KMS },
  },
  {
    signingName: 'states',
    operation: 'PublishStateMachineVersion',
    ask: (config) => machinesOf(config).publish('welcome', DEFINITION),
    before: {
      DescribeStateMachine: {
        definition: JSON.stringify(DEFINITION),
        roleArn: ROLE,
        loggingConfiguration: {
          level: 'ERROR',
          destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: LOG_GROUP } }],
        },
      },
    },
    taken: { creationDate: 1, stateMachineVersionArn: VERSION },
    done: { machine: VERSION },
    meanings: {
      InvalidArn: 'InvalidInput',
      StateMachineDeleting: 'Unavailable',
      StateMachineDoesNotExist: 'InvalidInput',
      ServiceQuotaExceededException: 'Misconfigured',
      ConflictException: 'Conflict',
      ValidationException: 'Impossible',
    },
  },
  {
    signingName: 'states',
    operation: 'StartExecution',
    ask: (config) => machinesOf(config).start({ machine: VERSION, name: 'run-1', input: { customer: 'c1' } }),
    taken: { executionArn: 'arn', startDate: 1 },
    done: 'started',
    meanings: {
      ExecutionAlreadyExists: 'already-started',
      ExecutionLimitExceeded: 'Unavailable',
      InvalidArn: 'InvalidInput',
      InvalidExecutionInput: 'InvalidInput',
      InvalidName: 'InvalidInput',
      StateMachineDoesNotExist: 'InvalidInput',
      StateMachineDeleting: 'Unavailable',
      ValidationException: 'Impossible',
      ...KMS,
    },
  },
  {
    signingName: 'states',
    operation: 'SendTaskSuccess',
    ask: (config) => machinesOf(config).resume('token', { output: { outcome: 'matched' } }),
    taken: {},
    done: 'resumed',
    meanings: { ...RESUMING, InvalidOutput: 'InvalidInput' },
  },
  {
    signingName: 'states',
    operation: 'SendTaskFailure',
    ask: (config) => machinesOf(config).resume('token', { error: 'Left', cause: 'she unsubscribed' }),
    taken: {},
    done: 'resumed',
    meanings: RESUMING,
  },
  {
    signingName: 'states',
    operation: 'StopExecution',
    ask: (config) => machinesOf(config).stop(VERSION, 'run-1'),
    taken: { stopDate: 1 },
    done: 'stopped',
    meanings: { ExecutionDoesNotExist: 'gone', InvalidArn: 'InvalidInput', ValidationException: 'Impossible', ...KMS },
  },
  {
    signingName: 'secretsmanager',
    operation: 'GetSecretValue',
    ask: (config) => {
      const arns = { linkKeyArn: 'link', webhookKeyArn: 'webhook', apiTokenArn: 'token' }
      return managedSecrets({ client: new SecretsManagerClient(config), ...arns }).apiToken()
    },
    taken: { SecretString: 't'.repeat(64) },
    done: 't'.repeat(64),
    meanings: {
      ResourceNotFoundException: 'Misconfigured',
      InvalidRequestException: 'Misconfigured',
      DecryptionFailure: 'Misconfigured',
      InvalidParameterException: 'Impossible',
      InternalServiceError: 'Unavailable',
    },
  },
]

/** What came of it: what it answers, or the name of what it throws. */
async function outcomeOf(work: Promise<unknown>): Promise<unknown> {
  return work.catch((error: Error) => error.name)
}

describe.each(CASES)('$operation', ({ signingName, operation, ask, before = {}, taken, done, meanings }) => {
  const declared = errorsOf(modelOf(signingName)!, operation)
  const playing = (answer: () => AwsAnswer) =>
    aService((call) => (call.operation === operation ? answer() : (before[call.operation] ?? {})))

  it('has a meaning for every error that it declares', () => {
    expect(Object.keys(meanings).toSorted()).toEqual(declared.map(({ name }) => name).toSorted())
  })

  it.concurrent.each(declared.map(({ name, status }) => ({ name, status, meaning: meanings[name] })))(
    'means by $name: $meaning',
    async ({ name, status, meaning }) => {
      const config = await playing(() => new AwsRefusal(name, {}, status))
      expect(await outcomeOf(ask(config))).toEqual(meaning)
    },
  )

  it.concurrent.each<[string, AwsAnswer]>([
    ['it is too fast for it', new AwsRefusal('ThrottlingException')],
    ['it breaks', new AwsRefusal('InternalFailure', {}, 500)],
    ['something before it is busy', new RawAnswer(503, '<html>Service Unavailable</html>')],
    ['something before it waits in vain', new RawAnswer(504, '<html>Gateway Timeout</html>')],
    ['the connection breaks', 'lost'],
    ['it does not answer in time', 'silent'],
    ['it answers something unreadable', new RawAnswer(200, '<html>OK</html>')],
    ['its answer is cut short', new RawAnswer(200, '{"a":"x')],
  ])('when %s, it is for later, and done when it comes again', async (_, answer) => {
    let isBack = false
    const config = await playing(() => (isBack ? taken : answer))
    expect(await outcomeOf(ask({ ...config, requestHandler: patient(answer === 'silent' ? 100 : 5_000) }))).toBe(
      'Unavailable',
    )
    isBack = true
    expect(await outcomeOf(ask(config))).toEqual(done)
  })

  it('is for later when nobody is there', async () => {
    const config = await playing(() => taken)
    expect(await outcomeOf(ask({ ...config, endpoint: NOBODY }))).toBe('Unavailable')
  })

  it.concurrent.each(['AccessDeniedException', 'UnrecognizedClientException', 'ExpiredTokenException'])(
    'is for an operator when it answers %s',
    async (name) => {
      const config = await playing(() => new AwsRefusal(name))
      expect(await outcomeOf(ask(config))).toBe('Misconfigured')
    },
  )
})
