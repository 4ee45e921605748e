import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aServer, type TestServer } from './a-server.ts'

/* Apps that emit on AWS emit here with the same client: only the endpoint and the credentials differ. */

let server: TestServer
beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.close())

const client = (secretAccessKey = server.system.token) =>
  new EventBridgeClient({
    endpoint: server.url,
    region: 'eu-north-1',
    credentials: { accessKeyId: 'throughline', secretAccessKey },
    maxAttempts: 1,
  })

const entry = (detail: unknown) => ({
  Source: 'app',
  DetailType: 'touchpoint',
  EventBusName: 'throughline',
  Detail: typeof detail === 'string' ? detail : JSON.stringify(detail),
})

describe('PutEvents with the AWS SDK', () => {
  it('puts touchpoints on the bus', async () => {
    const detail = { id: 'p1', type: 'order.completed', identifiers: { userId: 'cy' }, properties: { total: 5 } }
    const answer = await client().send(new PutEventsCommand({ Entries: [entry(detail)] }))
    expect(answer).toMatchObject({ FailedEntryCount: 0, Entries: [{ EventId: expect.any(String) }] })
    await server.system.activity.whenIdle()
    const customer = await (await server.request('/v1/customers/userId/cy')).json()
    expect(customer).toMatchObject({ thread: [{ type: 'order.completed', id: 'p1' }] })
  })

  it('answers for each entry, and takes the good ones', async () => {
    const good = { id: 'p2', type: 'page.viewed', identifiers: { userId: 'cy' } }
    const answer = await client().send(new PutEventsCommand({ Entries: [entry('not json'), entry(good)] }))
    expect(answer).toMatchObject({
      FailedEntryCount: 1,
      Entries: [{ ErrorCode: 'MalformedDetail' }, { EventId: expect.any(String) }],
    })
  })

  it('sends a malformed touchpoint to the dead letters with its reason, from where it can be redriven', async () => {
    await client().send(
      new PutEventsCommand({ Entries: [entry({ id: 'p3', type: 'Wrong', identifiers: { userId: 'cy' } })] }),
    )
    await server.system.activity.whenIdle()
    const { deadLetters } = (await (await server.request('/v1/dead-letters')).json()) as {
      deadLetters: { id: string; reason: string }[]
    }
    expect(deadLetters).toMatchObject([{ reason: expect.stringContaining('type: A type is dotted') }])
    const redriven = await server.request(`/v1/dead-letters/${encodeURIComponent(deadLetters[0]?.id ?? '')}/redrive`, {
      method: 'POST',
    })
    expect(redriven.status).toBe(200)
  })

  it('takes ten entries at most', async () => {
    const Entries = Array.from({ length: 11 }, (_, index) =>
      entry({ id: `q${index}`, type: 'page.viewed', identifiers: { userId: 'cy' } }),
    )
    await expect(client().send(new PutEventsCommand({ Entries }))).rejects.toThrow('1 to 10 entries')
  })

  it('refuses a wrong secret', async () => {
    const Entries = [entry({ type: 'page.viewed', identifiers: { userId: 'cy' } })]
    await expect(client('wrong').send(new PutEventsCommand({ Entries }))).rejects.toThrow('access key id "throughline"')
  })
})
