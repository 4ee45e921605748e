import { SESv2Client } from '@aws-sdk/client-sesv2'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { AwsRefusal } from '#test/builders/an-aws-server.ts'
import { AwsService } from '#test/builders/an-aws-service.ts'
import { anEmail } from '#test/builders/an-outgoing.ts'
import { isNamed } from '../../errors/errors.ts'
import { sesProvider } from './ses.ts'

const service = await new AwsService().listen()
afterAll(() => service.close())
beforeEach(() => service.plays(() => ({ MessageId: 'ses-1' })))

const provider = (config = {}) =>
  sesProvider(new SESv2Client({ ...service.config, maxAttempts: 1, ...config }), { configurationSet: 'throughline' })

const thrown = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

const refusing = (status: number, type: string) =>
  service.plays(() => new AwsRefusal(type, { message: 'no ada@example.org' }, status))

describe('sesProvider', () => {
  it('declares that only its events tell what became of a message', () => {
    expect(provider()).toMatchObject({ name: 'ses', idempotency: 'tags' })
  })

  it('sends one message to one recipient, with its headers and tags', async () => {
    expect(await provider().deliver(anEmail())).toEqual({ outcome: 'accepted', providerId: 'ses-1' })
    expect(service.calls.map(({ operation }) => operation)).toEqual(['SendEmail'])
    expect(service.calls[0]?.body).toEqual({
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

  it('writes to a domain with letters beyond ASCII, and not to such a mailbox', async () => {
    expect(await provider().deliver(anEmail({ to: 'ada@kåffi.example' }))).toMatchObject({ outcome: 'accepted' })
    expect(service.calls[0]?.body.Destination).toEqual({ ToAddresses: ['ada@xn--kffi-qoa.example'] })
    const refused = { outcome: 'refused', reason: 'bad-address' }
    expect(await provider().deliver(anEmail({ to: 'åda@kaffi.example' }))).toEqual(refused)
    expect(service.calls).toHaveLength(1)
  })

  it('makes tags of what SES takes', async () => {
    await provider().deliver(anEmail({ tags: { step: 'wait: 1 hour/send' } }))
    expect(service.calls[0]?.body.EmailTags).toContainEqual({ Name: 'step', Value: 'wait__1_hour_send' })
  })

  it.each([
    [400, 'MessageRejected', 'rejected'],
    [400, 'BadRequestException', 'bad-request'],
  ])('answers refused to %i %s', async (status, type, reason) => {
    refusing(status, type)
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
    refusing(status, type)
    const error = await thrown(provider().deliver(anEmail()))
    expect(isNamed(error, 'Unavailable') && error.code).toBe('provider.not-taken')
    expect(JSON.stringify([isNamed(error, 'Unavailable') && [error.message, error.details]])).not.toContain('ada@')
  })

  it('throws Unavailable when nobody listens', async () => {
    const unreachable = sesProvider(
      new SESv2Client({ ...service.config, endpoint: 'http://127.0.0.1:1', maxAttempts: 1 }),
    )
    expect(isNamed(await thrown(unreachable.deliver(anEmail())), 'Unavailable')).toBe(true)
  })

  it.each([
    ['500', new AwsRefusal('InternalServiceErrorException', {}, 500)],
    ['504', new AwsRefusal('GatewayTimeout', {}, 504)],
    ['a broken connection', 'lost' as const],
  ])('does not know what became of a message after %s, and has sent it once', async (_, answer) => {
    service.plays(() => answer)
    const error = await thrown(provider().deliver(anEmail()))
    expect(error).toBeInstanceOf(Error)
    expect(isNamed(error, 'Unavailable')).toBe(false)
    expect(service.calls).toHaveLength(1)
  })

  it('refuses a client that would repeat by itself', async () => {
    const error = await thrown(provider({ maxAttempts: 3 }).deliver(anEmail()))
    expect(isNamed(error, 'Unavailable') && error.message).toContain('maxAttempts: 1')
    expect(service.calls).toHaveLength(0)
  })
})
