import { describe, expect, it } from 'vitest'
import { catalog } from '../catalog.ts'
import { type Permission, SENDING } from '../kit/manifest.ts'
import { makeWorld } from './world.ts'

const ENVIRONMENT = {
  TABLE_NAME: 'rows',
  BUS_NAME: 'throughline-kaffi',
  MACHINE_ARN_PREFIX: 'arn:aws:states:eu-west-1:123456789012:stateMachine:throughline-kaffi_',
  INSTALLATION: 'kaffi',
  MACHINE_ROLE_ARN: 'arn:aws:iam::123456789012:role/machines',
  MACHINE_LOG_GROUP_ARN: 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/vendedlogs/states/throughline-kaffi:*',
  FUNCTION_NAME_PREFIX: 'throughline-kaffi-',
  LINK_KEY_ARN: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:link',
  WEBHOOK_KEY_ARN: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:webhook',
  API_TOKEN_ARN: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:token',
  EMAIL_CONFIGURATION_SET: 'throughline-kaffi',
  SMS: 'yes',
  PUBLIC_URL: 'https://links.kaffi.example',
}

describe('makeWorld', () => {
  it('has a provider for each channel that is set up', async () => {
    const { providers } = await makeWorld(SENDING, ENVIRONMENT)
    expect(Object.keys(providers)).toEqual(['email', 'sms'])
    const { SMS: _, ...withoutTexts } = ENVIRONMENT
    expect(Object.keys((await makeWorld(SENDING, withoutTexts)).providers)).toEqual(['email'])
  })

  it.each([
    [{ PUSH_APPLICATION_ID: 'app' }],
    [{ GOOGLE_SECRET: 'kaffi/google' }],
    [{ WEB_PUSH_SECRET: 'kaffi/web-push', WEB_PUSH_CONTACT: 'mailto:care@kaffi.example' }],
  ])('pushes with %o', async (variables) => {
    const { providers } = await makeWorld(SENDING, { ...ENVIRONMENT, ...variables })
    expect(Object.keys(providers)).toContain('push')
  })

  it.each(catalog)('opens to $name what its manifest asks for, and nothing else', async ({ may }) => {
    const { providers, ...world } = await makeWorld(may, ENVIRONMENT)
    for (const door of ['table', 'bus', 'machines', 'secrets'] as const) {
      const isAsked = may.some((one) => one.startsWith(`${door}:`))
      expect([door, Object.keys(world[door]).length > 0]).toEqual([door, isAsked])
    }
    const sending = ['email', 'sms'].filter((channel) => may.some((one) => one === `send:${channel}`))
    expect(Object.keys(providers)).toEqual(sending)
  })

  it('knows people where there is a pool of them, for functions that ask who it is', async () => {
    const pool = { USER_POOL_ID: 'eu-west-1_Kaffi', USER_POOL_CLIENT_ID: 'console' }
    const known = (may: readonly Permission[], variables: object) =>
      makeWorld(may, { ...ENVIRONMENT, ...variables }).then(({ signIn }) => signIn !== undefined)
    expect(await known(['sign-in:read'], pool)).toBe(true)
    expect(await known(['sign-in:read'], {})).toBe(false)
    expect(await known(['secrets:api-token'], pool)).toBe(false)
  })

  it('says of a closed door how it is opened', async () => {
    const { bus } = await makeWorld(['table:read'], ENVIRONMENT)
    expect(() => bus.publish([])).toThrow('This function may not use the bus; its manifest has to ask for it.')
  })

  it('points links where the environment says', async () => {
    expect((await makeWorld([], ENVIRONMENT)).settings).toEqual({ publicUrl: 'https://links.kaffi.example' })
  })

  it('names what the environment lacks', async () => {
    const { TABLE_NAME: _, ...incomplete } = ENVIRONMENT
    await expect(makeWorld([], { ...incomplete, PUBLIC_URL: 'links.kaffi.example' })).rejects.toMatchObject({
      name: 'Misconfigured',
      message: expect.stringContaining('TABLE_NAME, PUBLIC_URL'),
    })
  })
})
