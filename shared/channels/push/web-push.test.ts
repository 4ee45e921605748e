import { describe, expect, it, onTestFinished } from 'vitest'
import webPush from 'web-push'
import { guardedHttp } from '#functions/kit/guarded-http.ts'
import { aBrowser, vapidClaims } from '#test/builders/a-browser.ts'
import { type Answering, aReceiver } from '#test/builders/a-receiver.ts'
import { aPush } from '#test/builders/an-outgoing.ts'
import { webPushProvider } from './web-push.ts'

const KEYS = webPush.generateVAPIDKeys()

const status =
  (code: number): Answering =>
  (response) =>
    response.writeHead(code).end()

async function aPushService(answer: Answering = status(201)) {
  const service = await aReceiver(answer)
  onTestFinished(() => service.stop())
  const browser = aBrowser(`${service.url}/subscriptions/1`)
  const http = guardedHttp({ allowLoopback: true })
  const provider = webPushProvider({ http, keys: async () => KEYS, contact: 'mailto:care@kaffi.example' })
  const message = (dispatch = 'dsp_1') => aPush({ dispatch, to: `web:${JSON.stringify(browser.subscription)}` })
  return { service, browser, provider, message, http }
}

describe('webPushProvider', () => {
  it('sends what only this browser can read', async () => {
    const { service, browser, provider, message } = await aPushService()
    expect(await provider.deliver(message())).toEqual({ outcome: 'accepted', providerId: 'dsp_1' })
    expect(service.received[0]?.path).toBe('/subscriptions/1')
    expect(service.received[0]?.body).not.toContain('It waits')
    expect(browser.read(service.received[0]!.bytes)).toEqual({
      title: 'Hi',
      body: 'It waits',
      icon: 'https://k.example/i.png',
      data: { order: 'o-1', link: 'kaffi://cart', dispatch: 'dsp_1' },
    })
  })

  it('says who sends, signed with the key that the browser subscribed with', async () => {
    const { service, provider, message } = await aPushService()
    await provider.deliver(message())
    expect(vapidClaims(service.received[0]?.headers.authorization ?? '')).toMatchObject({
      key: KEYS.publicKey,
      claims: { aud: service.url, sub: 'mailto:care@kaffi.example' },
    })
  })

  it('names the dispatch in a way that lets the push service keep one message of it', async () => {
    const { service, provider, message } = await aPushService()
    for (const dispatch of ['one', 'one', 'other']) await provider.deliver(message(dispatch))
    const [first, again, other] = service.received.map(({ headers }) => headers.topic)
    expect(first).toMatch(/^[\w-]{32}$/)
    expect(again).toBe(first)
    expect(other).not.toBe(first)
  })

  it.each([
    [404, { outcome: 'refused', reason: 'permanent-failure', suppress: true }],
    [410, { outcome: 'refused', reason: 'permanent-failure', suppress: true }],
    [413, { outcome: 'refused', reason: 'too-long' }],
    [400, { outcome: 'refused', reason: 'bad-request' }],
  ])('takes %i for a "no"', async (code, expected) => {
    const { provider, message } = await aPushService(status(code))
    expect(await provider.deliver(message())).toEqual(expected)
  })

  it.each([
    ['401', status(401), 'Unavailable'],
    ['429', status(429), 'Unavailable'],
    ['503', status(503), 'Unavailable'],
    ['500', status(500), 'Impossible'],
    ['a broken connection', (response) => response.destroy(), 'Impossible'],
  ] satisfies [string, Answering, string][])('after %s it throws %s', async (_, answer, name) => {
    const { provider, message } = await aPushService(answer)
    await expect(provider.deliver(message())).rejects.toMatchObject({ name })
  })

  it('has not sent anything where its keys cannot be read', async () => {
    const { http, message, service } = await aPushService()
    const keys = () => Promise.reject(new Error('no such secret'))
    const provider = webPushProvider({ http, keys, contact: 'mailto:care@kaffi.example' })
    await expect(provider.deliver(message())).rejects.toMatchObject({ name: 'Unavailable', code: 'push.no-web-keys' })
    expect(service.received).toEqual([])
  })

  it.each([
    ['a broken one', '{"endpoint":'],
    ['one without keys', '{"endpoint":"https://push.example/1"}'],
    ['a key that is no point of the curve', aSubscriptionWith('A'.repeat(87))],
    ['a token of Google', 'fcm-token'],
  ])('refuses for ever to send to %s', async (_, token) => {
    const { provider } = await aPushService()
    const refused = { outcome: 'refused', reason: 'bad-address', suppress: true }
    expect(await provider.deliver(aPush({ to: `web:${token}` }))).toEqual(refused)
  })

  it('does not call what stands beside us, whoever says that a browser lives there', async () => {
    const { browser, service } = await aPushService()
    const provider = webPushProvider({ http: guardedHttp(), keys: async () => KEYS, contact: 'mailto:a@kaffi.example' })
    const refused = { outcome: 'refused', reason: 'bad-address', suppress: true }
    expect(await provider.deliver(aPush({ to: `web:${JSON.stringify(browser.subscription)}` }))).toEqual(refused)
    expect(service.received).toEqual([])
  })
})

function aSubscriptionWith(p256dh: string): string {
  const { keys, ...rest } = aBrowser('https://push.example/1').subscription
  return JSON.stringify({ ...rest, keys: { ...keys, p256dh } })
}
