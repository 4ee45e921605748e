import { describe, expect, it } from 'vitest'
import { aStage } from '#test/builders/a-system.ts'

/* An installation without a provider for a channel still reaches her on the next one, and says why. */

const JOURNEY = `
journey: hello
purpose: offers
enter: { when: customer.signed-up }
steps:
  - send: hello
    by: [push, sms]
`

describe('a channel without a provider', () => {
  it('gives way to the next one, with the reason', async () => {
    const { receive, arrived, system } = await aStage({
      journeys: { hello: JOURNEY },
      messages: ['hello'],
      wrapWorld: (world) => {
        const { push: _, ...providers } = world.providers
        return { ...world, providers }
      },
    })
    await receive({
      type: 'customer.signed-up',
      identifiers: { userId: 'ada', phone: '+4520123456' },
      device: { id: 'phone', platform: 'ios', pushToken: 'token' },
      consent: { offers: { push: true, sms: true } },
    })
    expect(arrived()).toEqual(['sms hello'])
    const { items } = await system.world.table.scan({ limit: 1_000 })
    expect(items.find(({ sk }) => sk.startsWith('D#'))?.because).toMatchObject([
      { channel: 'push', code: 'no-provider' },
      { channel: 'sms', code: 'may-send' },
    ])
  })
})
