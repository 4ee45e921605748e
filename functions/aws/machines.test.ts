import { SFNClient } from '@aws-sdk/client-sfn'
import { afterAll, describe, expect, it } from 'vitest'
import { type AwsAnswer, AwsRefusal } from '#test/builders/an-aws-server.ts'
import { AwsService } from '#test/builders/an-aws-service.ts'
import { aMachine, aTask } from '#test/builders/machine-world.ts'
import type { AwsCall } from '#test/contracts/aws/read-request.ts'
import { stepFunctions } from './machines.ts'

const ARN = 'arn:aws:states:eu-west-1:123456789012:stateMachine:throughline-kaffi-welcome'
const ROLE = 'arn:aws:iam::123456789012:role/machines'
const LOG = 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/vendedlogs/states/throughline-kaffi:*'
const LOGGING = {
  level: 'ERROR',
  includeExecutionData: false,
  destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: LOG } }],
}
const service = await new AwsService().listen()
const machines = stepFunctions({
  client: new SFNClient(service.config),
  machineArnPrefix: ARN.replace('welcome', ''),
  roleArn: ROLE,
  logGroupArn: LOG,
  installation: 'kaffi',
  functionName: (name) => `throughline-kaffi-${name}`,
})
afterAll(() => service.close())

const DEFINITION = aMachine({
  one: aTask({ Arguments: { FunctionName: 'send-message', Payload: { step: 'one' } }, Next: 'done' }),
  done: { Type: 'Succeed' },
})
/** As it is deployed. */
const TEXT = JSON.stringify(DEFINITION).replace('"send-message"', '"throughline-kaffi-send-message"')

const AS_IT_IS = { definition: TEXT, roleArn: ROLE, loggingConfiguration: LOGGING }

/** Answers by operation; `{}` for those not named. */
function by(answers: Readonly<Record<string, AwsAnswer>>) {
  return ({ operation }: AwsCall): AwsAnswer => answers[operation] ?? {}
}

const operations = () => service.calls.map(({ operation }) => operation)

describe('publish', () => {
  it('creates a machine and its first version, with the names of the deployed functions', async () => {
    const DescribeStateMachine = new AwsRefusal('StateMachineDoesNotExist')
    service.plays(by({ DescribeStateMachine, CreateStateMachine: { stateMachineVersionArn: `${ARN}:1` } }))
    expect(await machines.publish('welcome', DEFINITION)).toEqual({ machine: `${ARN}:1` })
    expect(service.calls[1]).toEqual({
      operation: 'CreateStateMachine',
      body: {
        name: 'throughline-kaffi-welcome',
        definition: TEXT,
        roleArn: ROLE,
        type: 'STANDARD',
        publish: true,
        loggingConfiguration: LOGGING,
        tags: [
          { key: 'throughline', value: 'journey' },
          { key: 'installation', value: 'kaffi' },
        ],
      },
    })
  })

  it('makes another version when the definition has changed', async () => {
    const DescribeStateMachine = { ...AS_IT_IS, definition: TEXT.replace('one', 'two') }
    service.plays(by({ DescribeStateMachine, UpdateStateMachine: { stateMachineVersionArn: `${ARN}:2` } }))
    expect(await machines.publish('welcome', DEFINITION)).toEqual({ machine: `${ARN}:2` })
    const body = { stateMachineArn: ARN, ...AS_IT_IS, publish: true }
    expect(service.calls[1]).toEqual({ operation: 'UpdateStateMachine', body })
  })

  it('gives the version there is when the definition is the same', async () => {
    const DescribeStateMachine = AS_IT_IS
    service.plays(by({ DescribeStateMachine, PublishStateMachineVersion: { stateMachineVersionArn: `${ARN}:2` } }))
    expect(await machines.publish('welcome', DEFINITION)).toEqual({ machine: `${ARN}:2` })
    expect(operations()).toEqual(['DescribeStateMachine', 'PublishStateMachineVersion'])
  })

  it.each([
    ['run as another role', { roleArn: `${ROLE}-before` }],
    ['told nothing of what failed', { loggingConfiguration: { level: 'OFF', includeExecutionData: false } }],
    ['told it elsewhere', { loggingConfiguration: { ...LOGGING, destinations: [] } }],
  ])('makes another version when the machine %s', async (_, before) => {
    const DescribeStateMachine = { ...AS_IT_IS, ...before }
    service.plays(by({ DescribeStateMachine, UpdateStateMachine: { stateMachineVersionArn: `${ARN}:3` } }))
    expect(await machines.publish('welcome', DEFINITION)).toEqual({ machine: `${ARN}:3` })
  })

  it.each([
    ['InvalidDefinition', 'InvalidInput'],
    ['StateMachineAlreadyExists', 'Conflict'],
    ['StateMachineLimitExceeded', 'Misconfigured'],
    ['AccessDeniedException', 'Misconfigured'],
    ['ThrottlingException', 'Unavailable'],
  ])('when AWS answers %s, it is %s', async (error, name) => {
    const DescribeStateMachine = new AwsRefusal('StateMachineDoesNotExist')
    service.plays(by({ DescribeStateMachine, CreateStateMachine: new AwsRefusal(error) }))
    await expect(machines.publish('welcome', DEFINITION)).rejects.toMatchObject({ name })
  })

  it.each(['x'.repeat(64), 'with space'])('refuses the name "%s" before AWS does', async (name) => {
    service.plays(by({ DescribeStateMachine: new AwsRefusal('StateMachineDoesNotExist') }))
    const publishing = machines.publish(name, DEFINITION)
    await expect(publishing).rejects.toMatchObject({ name: 'InvalidInput' })
    expect(operations()).toEqual([])
  })
})

describe('start', () => {
  const request = { machine: `${ARN}:2`, name: 'run-1', input: { customer: 'c1' } }

  it('starts a version under a name', async () => {
    service.plays(() => ({ executionArn: 'arn', startDate: 1 }))
    expect(await machines.start(request)).toBe('started')
    const body = { stateMachineArn: `${ARN}:2`, name: 'run-1', input: '{"customer":"c1"}' }
    expect(service.calls).toEqual([{ operation: 'StartExecution', body }])
  })

  it('says that the name was used before', async () => {
    service.plays(() => new AwsRefusal('ExecutionAlreadyExists'))
    expect(await machines.start(request)).toBe('already-started')
  })

  it.each([
    ['StateMachineDoesNotExist', 'InvalidInput'],
    ['ExecutionLimitExceeded', 'Unavailable'],
  ])('when AWS answers %s, it is %s', async (error, name) => {
    service.plays(() => new AwsRefusal(error))
    await expect(machines.start(request)).rejects.toMatchObject({ name })
  })

  it.each([
    ['a name that is too long', { ...request, name: 'x'.repeat(81) }, 'machines.bad-name'],
    ['an input above 256 KiB', { ...request, input: 'x'.repeat(256 * 1024) }, 'machines.payload-too-large'],
  ])('refuses %s', async (_, wrong, code) => {
    await expect(machines.start(wrong)).rejects.toMatchObject({ name: 'InvalidInput', code })
  })
})

describe('resume', () => {
  it('hands a result to the wait', async () => {
    service.plays(() => ({}))
    expect(await machines.resume('token', { output: { outcome: 'matched' } })).toBe('resumed')
    const body = { taskToken: 'token', output: '{"outcome":"matched"}' }
    expect(service.calls).toEqual([{ operation: 'SendTaskSuccess', body }])
  })

  it('hands a failure to the wait, as long as AWS takes it', async () => {
    service.plays(() => ({}))
    expect(await machines.resume('token', { error: 'Left', cause: 'x'.repeat(40_000) })).toBe('resumed')
    const body = { taskToken: 'token', error: 'Left', cause: 'x'.repeat(32_768) }
    expect(service.calls).toEqual([{ operation: 'SendTaskFailure', body }])
  })

  it.each(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'])('comes too late when AWS answers %s', async (error) => {
    service.plays(() => new AwsRefusal(error))
    expect(await machines.resume('token', { output: null })).toBe('gone')
    expect(await machines.resume('token', { error: 'Left', cause: '' })).toBe('gone')
  })
})

describe('stop', () => {
  it('stops the execution of that name, whatever version it runs', async () => {
    service.plays(() => ({ stopDate: 1 }))
    expect(await machines.stop(`${ARN}:2`, 'run-1')).toBe('stopped')
    const executionArn = 'arn:aws:states:eu-west-1:123456789012:execution:throughline-kaffi-welcome:run-1'
    expect(service.calls).toEqual([{ operation: 'StopExecution', body: { executionArn } }])
  })

  it('says that there is none', async () => {
    service.plays(() => new AwsRefusal('ExecutionDoesNotExist'))
    expect(await machines.stop(`${ARN}:2`, 'run-1')).toBe('gone')
  })
})
