import { SESv2Client } from '@aws-sdk/client-sesv2'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { awsConfig, type Reply, Service } from '#test/builders/a-service.ts'
import { anEmail } from '#test/builders/an-outgoing.ts'
import { isNamed } from '../../errors/errors.ts'
import { sesProvider } from './ses.ts'

const TAKEN: Reply = { status: 200, body: { MessageId: 'ses-1' } }

const service = new Service(TAKEN)
let endpoint: string
beforeAll(async () => {
  endpoint = await service.start()
})
afterAll(() => service.stop())
beforeEach(() => {
  service.reply = TAKEN
  service.requests.length = 0
})

const provider = (config = {}) =>
  sesProvider(new SESv2Client({ ...awsConfig(endpoint), ...config }), { configurationSet: 'throughline' })

const thrown = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

const failing = (status: number, type: string): Reply => ({
  status,
  headers: { 'x-amzn-errortype': type },
  body: { message: 'no ada@example.org' },
})

describe('sesProvider', () => {
  it('declares that only its events tell what became of a message', () => {
    expect(provider()).toMatchObject({ name: 'ses', idempotency: 'tags' })
  })

  it('sends one message to one recipient, with its headers and tags', async () => {
    expect(await provider().deliver(anEmail())).toEqual({ outcome: 'accepted', providerId: 'ses-1' })
    expect(service.requests).toHaveLength(1)
    expect(service.requests[0]).toMatchObject({ method: 'POST', path: '/v2/email/outbound-emails' })
    expect(service.requests[0]?.body).toEqual({
      FromEmailAddress: '"Kaffi" <hello@kaffi.example>',
      Destination: { ToAddresses: ['ada@example.org'] },
      ReplyToAddresses: ['care@kaffi.example'],
      Content: {
        Simple: {
          Subject: { Data: 'Your order waits ☕', Charset: 'UTF-8' },
          Body: {
            Html: { Data: '<p>Hello Åda</p>', Charset: 'UTF-8' },
            Text: { Data: 'Hello Åda', Charset: 'UTF-8' },
          },
          Headers: [
            { Name: 'List-Unsubscribe', Value: '<https://kaffi.example/u/token>' },
            { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
          ],
        },
      },
      EmailTags: [
        { Name: 'message', Value: 'order-reminder' },
        { Name: 'kind', Value: 'marketing' },
        { Name: 'dispatch', Value: 'dsp_1' },
        { Name: 'customer', Value: 'cus_1' },
      ],
      ConfigurationSetName: 'throughline',
    })
  })

  it('makes tags of what SES takes', async () => {
    await provider().deliver(anEmail({ tags: { step: 'wait: 1 hour/send' } }))
    expect(service.requests[0]?.body.EmailTags).toContainEqual({ Name: 'step', Value: 'wait__1_hour_send' })
  })

  it.each([
    [400, 'MessageRejected', 'rejected'],
    [400, 'BadRequestException', 'bad-request'],
  ])('answers refused to %i %s', async (status, type, reason) => {
    service.reply = failing(status, type)
    expect(await provider().deliver(anEmail())).toEqual({ outcome: 'refused', reason })
  })

  it.each([
    [429, 'TooManyRequestsException'],
    [400, 'ThrottlingException'],
    [400, 'SendingPausedException'],
    [400, 'AccountSuspendedException'],
    [400, 'MailFromDomainNotVerifiedException'],
    [403, 'AccessDeniedException'],
    [404, 'NotFoundException'],
    [503, 'ServiceUnavailable'],
  ])('throws Unavailable, without an address, on %i %s', async (status, type) => {
    service.reply = failing(status, type)
    const error = await thrown(provider().deliver(anEmail()))
    expect(isNamed(error, 'Unavailable') && error.code).toBe('provider.not-taken')
    expect(JSON.stringify([isNamed(error, 'Unavailable') && [error.message, error.details]])).not.toContain('ada@')
  })

  it('throws Unavailable when nobody listens', async () => {
    const unreachable = sesProvider(new SESv2Client(awsConfig('http://127.0.0.1:1')))
    expect(isNamed(await thrown(unreachable.deliver(anEmail())), 'Unavailable')).toBe(true)
  })

  it.each([
    ['500', failing(500, 'InternalServiceErrorException')],
    ['504', failing(504, 'GatewayTimeout')],
    ['a broken connection', 'hang-up' as const],
  ])('does not know what became of a message after %s, and has sent it once', async (_, reply) => {
    service.reply = reply
    const error = await thrown(provider().deliver(anEmail()))
    expect(error).toBeInstanceOf(Error)
    expect(isNamed(error, 'Unavailable')).toBe(false)
    expect(service.requests).toHaveLength(1)
  })

  it('refuses a client that would repeat by itself', async () => {
    const error = await thrown(provider({ maxAttempts: 3 }).deliver(anEmail()))
    expect(isNamed(error, 'Unavailable') && error.message).toContain('maxAttempts: 1')
    expect(service.requests).toHaveLength(0)
  })
})
