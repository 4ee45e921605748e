import { PinpointClient } from '@aws-sdk/client-pinpoint'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { type AwsAnswer, AwsRefusal } from '#test/builders/an-aws-server.ts'
import { AwsService } from '#test/builders/an-aws-service.ts'
import { aPush } from '#test/builders/an-outgoing.ts'
import { isNamed } from '../../errors/errors.ts'
import { pushProvider } from './end-user-messaging.ts'

const result = (DeliveryStatus: string, StatusCode: number, StatusMessage = '') => ({
  MessageResponse: {
    ApplicationId: 'app-1',
    Result: { 'token-1': { DeliveryStatus, StatusCode, StatusMessage, MessageId: 'push-1' } },
  },
})

const service = await new AwsService().listen()
afterAll(() => service.close())
beforeEach(() => service.plays(() => result('SUCCESSFUL', 200)))

const provider = (sandbox = false) =>
  pushProvider(new PinpointClient({ ...service.config, maxAttempts: 1 }), { applicationId: 'app-1', sandbox })

const thrown = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

interface Sent {
  readonly Addresses: unknown
  readonly TraceId: string
  readonly MessageConfiguration: Readonly<Record<'GCMMessage' | 'APNSMessage', { readonly RawContent: string }>>
}
const sent = () => service.calls[0]?.body.MessageRequest as Sent

describe('pushProvider', () => {
  it('declares that nothing tells what became of a message', () => {
    expect(provider()).toMatchObject({ name: 'end-user-messaging-push', idempotency: 'none' })
  })

  it('sends to one token what Google and what Apple take', async () => {
    expect(await provider().deliver(aPush())).toEqual({ outcome: 'accepted', providerId: 'push-1' })
    expect(service.calls[0]).toMatchObject({ operation: 'SendMessages', body: { ApplicationId: 'app-1' } })
    expect(sent()).toMatchObject({ Addresses: { 'token-1': { ChannelType: 'GCM' } }, TraceId: 'dsp_1' })
    const payload = { order: 'o-1', link: 'kaffi://cart', dispatch: 'dsp_1' }
    const { GCMMessage, APNSMessage } = sent().MessageConfiguration
    expect(JSON.parse(GCMMessage.RawContent)).toEqual({
      fcmV1Message: {
        message: {
          notification: { title: 'Hi', body: 'It waits' },
          data: payload,
          webpush: { notification: { icon: 'https://k.example/i.png' } },
        },
      },
    })
    expect(JSON.parse(APNSMessage.RawContent)).toEqual({
      aps: { alert: { title: 'Hi', body: 'It waits' }, sound: 'default' },
      ...payload,
    })
  })

  it.each([
    ['ios:token-1', false, 'APNS'],
    ['ios:token-1', true, 'APNS_SANDBOX'],
    ['web:token-1', false, 'GCM'],
  ])('sends to %s (sandbox: %s) through %s', async (to, sandbox, ChannelType) => {
    await provider(sandbox).deliver(aPush({ to }))
    expect(sent().Addresses).toEqual({ 'token-1': { ChannelType } })
  })

  it.each([
    ['PERMANENT_FAILURE', 410, 'Unregistered', 'permanent-failure', true],
    ['PERMANENT_FAILURE', 400, 'BadDeviceToken', 'permanent-failure', true],
    ['PERMANENT_FAILURE', 404, 'UNREGISTERED', 'permanent-failure', true],
    ['PERMANENT_FAILURE', 400, 'PayloadTooLarge', 'permanent-failure', false],
    ['OPT_OUT', 400, '', 'opted-out', true],
  ])('answers refused to %s %i %s', async (status, code, text, reason, suppress) => {
    service.plays(() => result(status, code, text))
    expect(await provider().deliver(aPush())).toEqual({ outcome: 'refused', reason, suppress })
  })

  it('answers refused to a duplicate, and to an address that is none', async () => {
    service.plays(() => result('DUPLICATE', 400))
    expect(await provider().deliver(aPush())).toEqual({ outcome: 'refused', reason: 'duplicate' })
    expect(await provider().deliver(aPush({ to: 'token-1' }))).toEqual({
      outcome: 'refused',
      reason: 'bad-address',
      suppress: true,
    })
    expect(service.calls).toHaveLength(1)
  })

  it.each([
    [413, 'PayloadTooLargeException', 'too-long'],
    [400, 'BadRequestException', 'bad-request'],
  ])('answers refused to %i %s', async (status, type, reason) => {
    service.plays(() => new AwsRefusal(type, { Message: 'no' }, status))
    expect(await provider().deliver(aPush())).toEqual({ outcome: 'refused', reason })
  })

  it.each([
    ['TEMPORARY_FAILURE', result('TEMPORARY_FAILURE', 503)],
    ['THROTTLED', result('THROTTLED', 429)],
    ['429', new AwsRefusal('TooManyRequestsException', {}, 429)],
    ['403', new AwsRefusal('ForbiddenException', {}, 403)],
  ])('throws Unavailable on %s', async (_, answer) => {
    service.plays(() => answer)
    expect(isNamed(await thrown(provider().deliver(aPush())), 'Unavailable')).toBe(true)
  })

  it.each<[string, AwsAnswer]>([
    ['UNKNOWN_FAILURE', result('UNKNOWN_FAILURE', 500)],
    ['an answer about another token', { MessageResponse: { ApplicationId: 'app-1', Result: {} } }],
    ['500', new AwsRefusal('InternalServerErrorException', {}, 500)],
    ['a broken connection', 'lost'],
  ])('does not know what became of a message after %s', async (_, answer) => {
    service.plays(() => answer)
    const error = await thrown(provider().deliver(aPush()))
    expect(error).toBeInstanceOf(Error)
    expect(isNamed(error, 'Unavailable')).toBe(false)
  })
})
