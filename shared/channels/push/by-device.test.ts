import { describe, expect, it } from 'vitest'
import { aBrowser } from '#test/builders/a-browser.ts'
import { aPush } from '#test/builders/an-outgoing.ts'
import type { Provider } from '../../world/provider.ts'
import { type PushProviders, pushByDevice } from './by-device.ts'

const named = (name: string): Provider => ({
  name,
  idempotency: 'none',
  deliver: async () => ({ outcome: 'accepted', providerId: name }),
})
const application = named('application')
const google = named('google')
const web = named('web')

const SUBSCRIPTION = `web:${JSON.stringify(aBrowser('https://push.example/1').subscription)}`

describe('pushByDevice', () => {
  it.each<[string, PushProviders, string]>([
    ['ios:token', { application, google, web }, 'application'],
    ['ios:token', { google }, 'google'],
    ['android:token', { application, google, web }, 'google'],
    ['android:token', { application }, 'application'],
    ['web:token', { application, web }, 'application'],
    [SUBSCRIPTION, { application, google, web }, 'web'],
  ])('sends to %s', async (to, providers, expected) => {
    expect(await pushByDevice(providers).deliver(aPush({ to }))).toEqual({ outcome: 'accepted', providerId: expected })
  })

  it.each<[string, PushProviders]>([
    [SUBSCRIPTION, { application, google }],
    ['android:token', { web }],
  ])('closes no address that another installation could reach: %s', async (to, providers) => {
    expect(await pushByDevice(providers).deliver(aPush({ to }))).toEqual({ outcome: 'refused', reason: 'no-provider' })
  })
})
