import { Hono } from 'hono'
import { describe, expect, it } from 'vitest'
import type { World } from '#shared/world/world.ts'
import { manifest } from '../serve-api/manifest.ts'
import type { HttpEnvironment } from './http-app.ts'
import { onHttp } from './on-http.ts'

const routes = new Hono<HttpEnvironment>()
  .get('/v1/customers/:kind/:value', (context) => context.json([context.req.param('value'), context.req.query()]))
  .post('/v1/echo', async (context) =>
    context.json({ text: await context.req.text(), cookie: context.req.header('cookie') }),
  )

const handler = onHttp(manifest, routes)
// None of it is asked.
const world = {} as World

/** docs.aws.amazon.com/apigateway, "Lambda function integrations for HTTP APIs", payload format 2.0. */
function anEvent(method: string, rawPath: string, more: object = {}): Parameters<typeof handler>[0] {
  const event = {
    version: '2.0',
    routeKey: 'ANY /v1/{proxy+}',
    rawPath,
    rawQueryString: '',
    headers: { host: 'links.kaffi.example', 'x-forwarded-for': '192.0.2.1', 'x-forwarded-proto': 'https' },
    requestContext: {
      accountId: '123456789012',
      apiId: 'api-id',
      domainName: 'links.kaffi.example',
      http: { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'agent' },
      requestId: 'id',
      routeKey: 'ANY /v1/{proxy+}',
      stage: '$default',
      time: '12/Mar/2026:19:03:58 +0000',
      timeEpoch: 1_773_342_238_000,
    },
    isBase64Encoded: false,
    ...more,
  }
  // Only what the adapter reads of an event; the rest means nothing here.
  return event as unknown as Parameters<typeof handler>[0]
}

async function bodyOf(event: Parameters<typeof handler>[0]): Promise<unknown> {
  const { statusCode, body } = (await handler(event, { world })) as { statusCode: number; body: string }
  return statusCode === 200 ? JSON.parse(body) : statusCode
}

describe('a request from API Gateway', () => {
  it.each(['ada+1@example.org', '+4520123456', 'acme#17', 'a?b', '50% off', '100%', 'Ægir', 'google|1', "o'hara"])(
    'with %s in its path, which comes decoded, is for just that',
    async (value) => {
      expect(await bodyOf(anEvent('GET', `/v1/customers/userId/${value}`))).toEqual([value, {}])
    },
  )

  it('keeps its query encoded, whatever is in its path', async () => {
    const event = anEvent('GET', '/v1/customers/userId/a#b', { rawQueryString: 'cursor=a%26b&show=x%20y' })
    expect(await bodyOf(event)).toEqual(['a#b', { cursor: 'a&b', show: 'x y' }])
  })

  it('has its body as it was sent, and its cookies', async () => {
    const more = { body: Buffer.from('allow=ø').toString('base64'), isBase64Encoded: true, cookies: ['a=1', 'b=2'] }
    expect(await bodyOf(anEvent('POST', '/v1/echo', more))).toEqual({ text: 'allow=ø', cookie: 'a=1; b=2' })
  })

  it('without a body has an empty one', async () => {
    expect(await bodyOf(anEvent('POST', '/v1/echo'))).toEqual({ text: '' })
  })
})
