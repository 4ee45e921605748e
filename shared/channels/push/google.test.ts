import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { describe, expect, it, onTestFinished } from 'vitest'
import { guardedHttp } from '#functions/kit/guarded-http.ts'
import { type Answering, aReceiver, json, type Received } from '#test/builders/a-receiver.ts'
import { aPush } from '#test/builders/an-outgoing.ts'
import { googleProvider } from './google.ts'

const KEY = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' })
const START = Date.parse('2026-03-10T10:00:00Z')
const SENT = json({ name: 'projects/kaffi/messages/1' })
const GRANTED = json({ access_token: 'access-1', expires_in: 3_600, token_type: 'Bearer' })

const refusal = (status: number, errorCode: string): Answering =>
  json({ error: { code: status, status: 'X', details: [{ '@type': 'FcmError', errorCode }] } }, status)

/** Google, as far as pushing goes: it grants access at `/token`. */
async function aGoogle({ answer = SENT, grant = GRANTED }: { answer?: Answering; grant?: Answering } = {}) {
  const service: Awaited<ReturnType<typeof aReceiver>> = await aReceiver((response, call) =>
    (service.received[call - 1]?.path === '/token' ? grant : answer)(response, call),
  )
  onTestFinished(() => service.stop())
  let now = START
  const provider = googleProvider({
    http: guardedHttp({ allowLoopback: true }),
    clock: { now: () => now },
    origin: service.url,
    account: async () => ({
      project_id: 'kaffi',
      client_email: 'sender@kaffi.example',
      private_key: String(KEY),
      token_uri: `${service.url}/token`,
    }),
  })
  const asked = (path: string): readonly Received[] => service.received.filter((received) => received.path === path)
  const later = (milliseconds: number): void => {
    now += milliseconds
  }
  return { provider, asked, later, url: service.url }
}

describe('googleProvider', () => {
  it('sends to one token what HTTP v1 takes', async () => {
    const { provider, asked } = await aGoogle()
    expect(await provider.deliver(aPush())).toEqual({ outcome: 'accepted', providerId: 'projects/kaffi/messages/1' })
    const [request] = asked('/v1/projects/kaffi/messages:send')
    expect(request?.headers.authorization).toBe('Bearer access-1')
    expect(JSON.parse(request?.body ?? '')).toEqual({
      message: {
        token: 'token-1',
        notification: { title: 'Hi', body: 'It waits' },
        data: { order: 'o-1', link: 'kaffi://cart', dispatch: 'dsp_1' },
        webpush: { notification: { icon: 'https://k.example/i.png' } },
      },
    })
  })

  it('asks for access with a claim that the service account has signed', async () => {
    const { provider, asked, url } = await aGoogle()
    await provider.deliver(aPush())
    const form = new URLSearchParams(asked('/token')[0]?.body)
    const [head, claims = '', signature = ''] = (form.get('assertion') ?? '').split('.')
    const key = createPublicKey(String(KEY))
    expect(verify('RSA-SHA256', Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url'))).toBe(true)
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
      iss: 'sender@kaffi.example',
      aud: `${url}/token`,
      scope: 'https://www.googleapis.com/auth/firebase.messaging',
      iat: START / 1_000,
      exp: START / 1_000 + 3_600,
    })
  })

  it('asks for access once for as long as it holds, and again in its last minute', async () => {
    const { provider, asked, later } = await aGoogle()
    for (const wait of [0, 1_000, 3_500_000]) {
      later(wait)
      await provider.deliver(aPush())
    }
    expect(asked('/token')).toHaveLength(1)
    later(40_000)
    await provider.deliver(aPush())
    expect(asked('/token')).toHaveLength(2)
  })

  it('asks for access once for many messages at the same time, also when the last one has ended', async () => {
    const { provider, asked, later } = await aGoogle()
    const many = () => Promise.all(Array.from({ length: 5 }, () => provider.deliver(aPush())))
    await many()
    expect(asked('/token')).toHaveLength(1)
    later(3_600_000)
    await many()
    expect(asked('/token')).toHaveLength(2)
  })

  it.each([
    ['a "no"', json({ error: 'invalid_grant' }, 400)],
    ['silence', (response) => response.destroy()],
  ] satisfies [string, Answering][])('has sent nothing when it got %s for access, and asks again', async (_, grant) => {
    const { provider, asked } = await aGoogle({ grant })
    for (const attempt of [1, 2]) {
      await expect(provider.deliver(aPush())).rejects.toMatchObject({
        name: 'Unavailable',
        code: 'push.no-google-access',
      })
      expect(asked('/token')).toHaveLength(attempt)
    }
    expect(asked('/v1/projects/kaffi/messages:send')).toEqual([])
  })

  it.each([
    [404, 'UNREGISTERED', { outcome: 'refused', reason: 'permanent-failure', suppress: true }],
    [403, 'SENDER_ID_MISMATCH', { outcome: 'refused', reason: 'permanent-failure', suppress: true }],
    [400, 'INVALID_ARGUMENT', { outcome: 'refused', reason: 'bad-request' }],
  ])('takes %i %s for a "no"', async (status, code, expected) => {
    const { provider } = await aGoogle({ answer: refusal(status, code) })
    expect(await provider.deliver(aPush())).toEqual(expected)
  })

  it.each([
    ['a project that does not exist', json({ error: { status: 'NOT_FOUND' } }, 404), 'Unavailable'],
    ['401', refusal(401, 'THIRD_PARTY_AUTH_ERROR'), 'Unavailable'],
    ['429', refusal(429, 'QUOTA_EXCEEDED'), 'Unavailable'],
    ['503', refusal(503, 'UNAVAILABLE'), 'Unavailable'],
    ['500', refusal(500, 'INTERNAL'), 'Impossible'],
    ['a broken connection', (response) => response.destroy(), 'Impossible'],
  ] satisfies [string, Answering, string][])('after %s it closes no address and throws', async (_, answer, name) => {
    const { provider } = await aGoogle({ answer })
    await expect(provider.deliver(aPush())).rejects.toMatchObject({ name })
  })

  it('refuses an address that is none', async () => {
    const { provider } = await aGoogle()
    const refused = { outcome: 'refused', reason: 'bad-address', suppress: true }
    expect(await provider.deliver(aPush({ to: 'token-1' }))).toEqual(refused)
  })
})
