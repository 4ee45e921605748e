import { SFNClient } from '@aws-sdk/client-sfn'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AwsRefusal, AwsService } from '#test/builders/an-aws-service.ts'
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

describe('deleteMachines', () => {
  it('deletes the machines of the installation, on whichever page, and no other', async () => {
    states.plays(({ operation, body }) => {
      if (operation !== 'ListStateMachines') return {}
      return body.nextToken === undefined
        ? { stateMachines: [machine('throughline-kaffi_welcome'), machine('billing')], nextToken: 'more' }
        : { stateMachines: [machine('throughline-kaffi-test_welcome'), machine('throughline-kaffi_win-back')] }
    })
    expect(await deleteMachines(new SFNClient(states.config), PREFIX)).toBe(2)
    const deleted = states.calls.filter(({ operation }) => operation === 'DeleteStateMachine')
    expect(deleted.map(({ body }) => body)).toEqual([
      { stateMachineArn: `${PREFIX}welcome` },
      { stateMachineArn: `${PREFIX}win-back` },
    ])
  })

  it('fails when one cannot be deleted', async () => {
    states.plays(({ operation }) =>
      operation === 'ListStateMachines'
        ? { stateMachines: [machine('throughline-kaffi_welcome')] }
        : new AwsRefusal('ValidationException', { reason: 'CANNOT_UPDATE_COMPLETED_MAP_RUN' }),
    )
    await expect(deleteMachines(new SFNClient(states.config), PREFIX)).rejects.toThrow('ValidationException')
  })
})
