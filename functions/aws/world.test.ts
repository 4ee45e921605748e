import { describe, expect, it } from 'vitest'
import { ENVIRONMENT } from '#test/aws/installation.ts'
import { catalog } from '../catalog.ts'
import { type Permission, SENDING } from '../kit/manifest.ts'
import { makeWorld } from './world.ts'

/** With a provider of each channel but push, and nobody who signs in. */
const {
  PUSH_APPLICATION_ID,
  GOOGLE_SECRET,
  WEB_PUSH_SECRET,
  WEB_PUSH_CONTACT,
  USER_POOL_ID,
  USER_POOL_CLIENT_ID,
  ...LEAST
} = ENVIRONMENT

describe('makeWorld', () => {
  it('has a provider for each channel that is set up', async () => {
    const { providers } = await makeWorld(SENDING, LEAST)
    expect(Object.keys(providers)).toEqual(['email', 'sms'])
    const { SMS: _, ...withoutTexts } = LEAST
    expect(Object.keys((await makeWorld(SENDING, withoutTexts)).providers)).toEqual(['email'])
  })

  it.each([[{ PUSH_APPLICATION_ID }], [{ GOOGLE_SECRET }], [{ WEB_PUSH_SECRET, WEB_PUSH_CONTACT }]])(
    'pushes with %o',
    async (variables) => {
      const { providers } = await makeWorld(SENDING, { ...LEAST, ...variables })
      expect(Object.keys(providers)).toContain('push')
    },
  )

  it.each(catalog)('opens to $name what its manifest asks for, and nothing else', async ({ may }) => {
    const { providers, ...world } = await makeWorld(may, LEAST)
    for (const door of ['table', 'bus', 'machines', 'secrets'] as const) {
      const isAsked = may.some((one) => one.startsWith(`${door}:`))
      expect([door, Object.keys(world[door]).length > 0]).toEqual([door, isAsked])
    }
    const sending = ['email', 'sms'].filter((channel) => may.some((one) => one === `send:${channel}`))
    expect(Object.keys(providers)).toEqual(sending)
  })

  it('knows people where there is a pool of them, for functions that ask who it is', async () => {
    const pool = { USER_POOL_ID, USER_POOL_CLIENT_ID }
    const known = (may: readonly Permission[], variables: object) =>
      makeWorld(may, { ...LEAST, ...variables }).then(({ signIn }) => signIn !== undefined)
    expect(await known(['sign-in:read'], pool)).toBe(true)
    expect(await known(['sign-in:read'], {})).toBe(false)
    expect(await known(['secrets:api-token'], pool)).toBe(false)
  })

  it('says of a closed door how it is opened', async () => {
    const { bus } = await makeWorld(['table:read'], LEAST)
    expect(() => bus.publish([])).toThrow('This function may not use the bus; its manifest has to ask for it.')
  })

  it('points links where the environment says', async () => {
    expect((await makeWorld([], LEAST)).settings).toEqual({ publicUrl: 'https://links.kaffi.example' })
  })

  it('names what the environment lacks', async () => {
    const { TABLE_NAME: _, ...incomplete } = LEAST
    await expect(makeWorld([], { ...incomplete, PUBLIC_URL: 'links.kaffi.example' })).rejects.toMatchObject({
      name: 'Misconfigured',
      message: expect.stringContaining('TABLE_NAME, PUBLIC_URL'),
    })
  })
})
