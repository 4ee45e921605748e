import { SFNClient } from '@aws-sdk/client-sfn'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AwsRefusal } from '#test/builders/an-aws-server.ts'
import { AwsService } from '#test/builders/an-aws-service.ts'
import { deleteMachines } from './delete-machines.ts'

const MACHINES = 'arn:aws:states:eu-west-1:111122223333:stateMachine:'
const PREFIX = `${MACHINES}throughline-kaffi_`

const states = new AwsService()
beforeAll(() => states.listen())
afterAll(() => states.close())

const machine = (name: string) => ({
  stateMachineArn: MACHINES + name,
  name,
  type: 'STANDARD',
  creationDate: 1_790_000_000,
})

const RUNS = 'arn:aws:states:eu-west-1:111122223333:execution:throughline-kaffi_welcome:'
const run = (name: string) => ({
  executionArn: RUNS + name,
  stateMachineArn: `${PREFIX}welcome`,
  name,
  status: 'RUNNING',
  startDate: 1_790_000_000,
})

describe('deleteMachines', () => {
  it('deletes the machines of the installation, on whichever page, and no other', async () => {
    states.plays(({ operation, body }) => {
      if (operation === 'ListExecutions') return { executions: [] }
      if (operation !== 'ListStateMachines') return {}
      return body.nextToken === undefined
        ? { stateMachines: [machine('throughline-kaffi_welcome'), machine('billing')], nextToken: 'more' }
        : { stateMachines: [machine('throughline-kaffi-test_welcome'), machine('throughline-kaffi_win-back')] }
    })
    expect(await deleteMachines(new SFNClient(states.config), PREFIX, () => true)).toBe(2)
    const deleted = states.calls.filter(({ operation }) => operation === 'DeleteStateMachine')
    expect(deleted.map(({ body }) => body)).toEqual([
      { stateMachineArn: `${PREFIX}welcome` },
      { stateMachineArn: `${PREFIX}win-back` },
    ])
  })

  /** One machine, and two pages of its runs. */
  const running = ({ operation, body }: { readonly operation: string; readonly body: Record<string, unknown> }) => {
    if (operation === 'ListStateMachines') return { stateMachines: [machine('throughline-kaffi_welcome')] }
    if (operation !== 'ListExecutions') return {}
    return body.nextToken === undefined
      ? { executions: [run('a'), run('b')], nextToken: 'more' }
      : { executions: [run('c')] }
  }

  it('stops the runs, so that the names are free again', async () => {
    states.plays(running)
    await deleteMachines(new SFNClient(states.config), PREFIX, () => true)
    const { calls } = states
    expect(calls.map(({ operation }) => operation).slice(0, 3)).toEqual([
      'ListStateMachines',
      'DeleteStateMachine',
      'ListExecutions',
    ])
    expect(calls[2]!.body).toMatchObject({ stateMachineArn: `${PREFIX}welcome`, statusFilter: 'RUNNING' })
    const stopped = calls.filter(({ operation }) => operation === 'StopExecution')
    expect(stopped.map(({ body }) => body.executionArn).sort()).toEqual(['a', 'b', 'c'].map((name) => RUNS + name))
  })

  it('stops none when its time is over: they end by themselves', async () => {
    states.plays(running)
    expect(await deleteMachines(new SFNClient(states.config), PREFIX, () => false)).toBe(1)
    const operations = states.calls.map(({ operation }) => operation)
    expect(operations).toEqual(['ListStateMachines', 'DeleteStateMachine', 'ListExecutions'])
  })

  it('does not mind a machine that is gone at once', async () => {
    states.plays((call) =>
      call.operation === 'ListExecutions' ? new AwsRefusal('StateMachineDoesNotExist') : running(call),
    )
    expect(await deleteMachines(new SFNClient(states.config), PREFIX, () => true)).toBe(1)
  })

  it('fails when one cannot be deleted', async () => {
    states.plays(({ operation }) =>
      operation === 'ListStateMachines'
        ? { stateMachines: [machine('throughline-kaffi_welcome')] }
        : new AwsRefusal('ValidationException', { reason: 'CANNOT_UPDATE_COMPLETED_MAP_RUN' }),
    )
    await expect(deleteMachines(new SFNClient(states.config), PREFIX, () => true)).rejects.toThrow(
      'ValidationException',
    )
  })
})
