import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aServer, type TestServer } from './a-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.close())

const viewed = (id: string, more: object = {}) => ({
  id,
  type: 'product.viewed',
  identifiers: { userId: 'ada' },
  ...more,
})

describe('POST /v1/events', () => {
  it('takes one event or a batch, and answers for each', async () => {
    const one = await server.request('/v1/events', { json: viewed('a') })
    expect([one.status, await one.json()]).toEqual([
      202,
      { accepted: 1, rejected: 0, events: [{ status: 'accepted', id: 'a' }] },
    ])
    const batch = await server.request('/v1/events', { json: { events: [viewed('b'), viewed('c')] } })
    expect(batch.status).toBe(202)
  })

  it('takes the good events of a batch, says what is wrong with the bad one, and keeps it', async () => {
    const bad = { id: 'bad', type: 'Order Completed', identifiers: { email: 'nobody' }, propertys: {} }
    const response = await server.request('/v1/events', { json: { events: [viewed('d'), bad, viewed('e')] } })
    expect(response.status).toBe(207)
    const { events } = (await response.json()) as { events: { status: string; reason?: string }[] }
    expect(events.map(({ status }) => status)).toEqual(['accepted', 'rejected', 'accepted'])
    expect(events[1]?.reason).toContain('type: A type is dotted')
    expect(events[1]?.reason).toContain('identifiers.email: An email address is written')
    expect(events[1]?.reason).toContain('propertys is not known here')
    const letters = (await (await server.request('/v1/dead-letters')).json()) as { deadLetters: { id: string }[] }
    expect(letters.deadLetters.map(({ id }) => id)).toContain('bad')
  })

  it('keeps two bad events that bring the same id as one, and takes the good one between them', async () => {
    const bad = { id: 'twice', type: 'Wrong', identifiers: { userId: 'ada' } }
    const response = await server.request('/v1/events', { json: { events: [bad, viewed('between'), bad] } })
    const { events } = (await response.json()) as { events: { status: string }[] }
    expect([response.status, events.map(({ status }) => status)]).toEqual([207, ['rejected', 'accepted', 'rejected']])
    const letters = (await (await server.request('/v1/dead-letters')).json()) as { deadLetters: { id: string }[] }
    expect(letters.deadLetters.filter(({ id }) => id === 'twice')).toHaveLength(1)
  })

  it('takes a batch of a hundred and refuses a larger one', async () => {
    const hundred = Array.from({ length: 100 }, (_, index) => viewed(`h${index}`))
    expect((await server.request('/v1/events', { json: { events: hundred } })).status).toBe(202)
    const response = await server.request('/v1/events', { json: { events: [...hundred, viewed('more')] } })
    expect([response.status, await response.json()]).toEqual([
      413,
      expect.objectContaining({ detail: 'A request may bring 100 events, not 101; send them in several.' }),
    ])
  })

  it('takes a request of just under 1 MB and refuses a larger one', async () => {
    const filled = (bytes: number) => ({ events: [viewed('large', { properties: { text: 'x'.repeat(bytes) } })] })
    expect((await server.request('/v1/events', { json: filled(1_000_000) })).status).toBe(202)
    expect((await server.request('/v1/events', { json: filled(1_100_000) })).status).toBe(413)
  })

  it.each([
    ['no JSON', 'nonsense', 'The body is not JSON.'],
    ['no events', '{"events":[]}', 'Send one event, or { "events": [ … ] } with at least one.'],
  ])('answers %s with one clear line', async (_, body, detail) => {
    const response = await server.request('/v1/events', { method: 'POST', body })
    expect([response.status, ((await response.json()) as { detail: string }).detail]).toEqual([400, detail])
  })

  it('says when an event is too old to start anything', async () => {
    const response = await server.request('/v1/events', { json: viewed('old', { occurredAt: '2020-01-01T00:00:00Z' }) })
    expect(JSON.stringify(await response.json())).toContain('recorded but starts nothing')
  })

  it('shows the customer and her thread by any of her identifiers', async () => {
    await server.request('/v1/events', {
      json: viewed('f', { identifiers: { userId: 'bea', email: 'Bea@Example.org' }, traits: { plan: 'pro' } }),
    })
    await server.system.activity.whenIdle()
    const byEmail = (await (await server.request('/v1/customers/email/bea@example.org')).json()) as { customer: string }
    const byUser = (await (await server.request('/v1/customers/userId/bea')).json()) as { customer: string }
    expect(byEmail).toEqual(byUser)
    expect(byEmail).toMatchObject({ profile: { traits: { plan: 'pro' } }, thread: [{ type: 'product.viewed' }] })
    expect((await server.request('/v1/customers/userId/nobody')).status).toBe(404)
  })
})

describe('the door', () => {
  it('asks for the token', async () => {
    expect((await server.request('/v1/journeys', { headers: { authorization: 'Bearer wrong' } })).status).toBe(401)
    expect((await server.request('/local/outbox', { headers: { authorization: '' } })).status).toBe(401)
  })

  it('is ready without it', async () => {
    expect(await (await server.request('/health', { headers: { authorization: '' } })).json()).toMatchObject({
      status: 'ready',
    })
  })

  it('refuses pages of other origins and other host names', async () => {
    expect((await server.request('/v1/journeys', { headers: { origin: 'https://evil.example' } })).status).toBe(403)
    expect((await server.request('/v1/journeys', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403)
    expect((await server.request('/v1/journeys', { headers: { origin: server.url } })).status).toBe(200)
  })
})
