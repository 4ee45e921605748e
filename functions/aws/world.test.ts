import { describe, expect, it } from 'vitest'
import { makeWorld } from './world.ts'

const ENVIRONMENT = {
  TABLE_NAME: 'rows',
  BUS_NAME: 'throughline-kaffi',
  MACHINE_ARN_PREFIX: 'arn:aws:states:eu-west-1:123456789012:stateMachine:throughline-kaffi-',
  MACHINE_ROLE_ARN: 'arn:aws:iam::123456789012:role/machines',
  FUNCTION_NAME_PREFIX: 'throughline-kaffi-',
  LINK_KEY_ARN: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:link',
  WEBHOOK_KEY_ARN: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:webhook',
  API_TOKEN_ARN: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:token',
  EMAIL_CONFIGURATION_SET: 'throughline-kaffi',
  PUBLIC_URL: 'https://links.kaffi.example',
}

describe('makeWorld', () => {
  it('has a provider for each channel that is set up', async () => {
    const { providers } = await makeWorld(ENVIRONMENT)
    expect(Object.keys(providers)).toEqual(['email', 'sms'])
    const withPush = await makeWorld({ ...ENVIRONMENT, PUSH_APPLICATION_ID: 'app' })
    expect(Object.keys(withPush.providers)).toEqual(['email', 'sms', 'push'])
  })

  it('points links where the environment says', async () => {
    expect((await makeWorld(ENVIRONMENT)).settings).toEqual({ publicUrl: 'https://links.kaffi.example' })
  })

  it('names what the environment lacks', async () => {
    const { TABLE_NAME: _, ...incomplete } = ENVIRONMENT
    await expect(makeWorld({ ...incomplete, PUBLIC_URL: 'links.kaffi.example' })).rejects.toMatchObject({
      name: 'Misconfigured',
      message: expect.stringContaining('TABLE_NAME, PUBLIC_URL'),
    })
  })
})
