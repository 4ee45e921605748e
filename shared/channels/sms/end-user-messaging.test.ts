import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { AwsRefusal } from '#test/builders/an-aws-server.ts'
import { AwsService } from '#test/builders/an-aws-service.ts'
import { anSms } from '#test/builders/an-outgoing.ts'
import { isNamed } from '../../errors/errors.ts'
import { smsProvider } from './end-user-messaging.ts'

const service = await new AwsService().listen()
afterAll(() => service.close())
beforeEach(() => service.plays(() => ({ MessageId: 'sms-1' })))

const provider = () =>
  smsProvider(new PinpointSMSVoiceV2Client({ ...service.config, maxAttempts: 1 }), { configurationSet: 'throughline' })

const thrown = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

const refusing = (status: number, type: string, Reason?: string) =>
  service.plays(() => new AwsRefusal(`com.amazonaws.pinpointsmsvoicev2#${type}`, { Message: 'no', Reason }, status))

describe('smsProvider', () => {
  it('declares that nothing tells what became of a message', () => {
    expect(provider()).toMatchObject({ name: 'end-user-messaging-sms', idempotency: 'none' })
  })

  it('sends a marketing message as promotional, with our ids as its context', async () => {
    expect(await provider().deliver(anSms())).toEqual({ outcome: 'accepted', providerId: 'sms-1' })
    expect(service.calls[0]?.operation).toBe('SendTextMessage')
    expect(service.calls[0]?.body).toEqual({
      DestinationPhoneNumber: '+4520000000',
      OriginationIdentity: '+4570000000',
      MessageBody: 'Hej',
      MessageType: 'PROMOTIONAL',
      Context: { dispatch: 'dsp_1', customer: 'cus_1', message: 'order-reminder', kind: 'marketing' },
      ConfigurationSetName: 'throughline',
    })
  })

  it('sends any other as transactional', async () => {
    await provider().deliver(anSms({ tags: {} }))
    expect(service.calls[0]?.body.MessageType).toBe('TRANSACTIONAL')
  })

  it('keeps our ids when there are more tags than the context holds', async () => {
    await provider().deliver(anSms({ tags: { a: '1', b: '2', c: '3', d: '4', e: '5' } }))
    expect(service.calls[0]?.body.Context).toEqual({ dispatch: 'dsp_1', customer: 'cus_1', a: '1', b: '2', c: '3' })
  })

  it.each([
    ['ConflictException', 'DESTINATION_PHONE_NUMBER_OPTED_OUT', 'destination-phone-number-opted-out', true],
    [
      'ConflictException',
      'DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION',
      'destination-country-blocked-by-protect-configuration',
      false,
    ],
  ])('answers refused to %s %s', async (type, why, reason, suppress) => {
    refusing(400, type, why)
    expect(await provider().deliver(anSms())).toEqual({ outcome: 'refused', reason, suppress })
  })

  it.each([
    ['DESTINATION_COUNTRY_BLOCKED', 'destination-country-blocked'],
    [undefined, 'bad-request'],
  ])('answers refused to a request that is not valid (%s)', async (why, reason) => {
    refusing(400, 'ValidationException', why)
    expect(await provider().deliver(anSms())).toEqual({ outcome: 'refused', reason })
  })

  it.each([
    [400, 'ThrottlingException', undefined],
    [400, 'ServiceQuotaExceededException', 'MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT'],
    [400, 'ConflictException', 'RESOURCE_NOT_ACTIVE'],
    [400, 'AccessDeniedException', 'ACCOUNT_DISABLED'],
    [400, 'ResourceNotFoundException', undefined],
    [503, 'ServiceUnavailable', undefined],
  ])('throws Unavailable on %i %s %s', async (status, type, why) => {
    refusing(status, type, why)
    expect(isNamed(await thrown(provider().deliver(anSms())), 'Unavailable')).toBe(true)
  })

  it.each([
    ['500', new AwsRefusal('InternalServerException', {}, 500)],
    ['a broken connection', 'lost' as const],
  ])('does not know what became of a message after %s, and has sent it once', async (_, answer) => {
    service.plays(() => answer)
    const error = await thrown(provider().deliver(anSms()))
    expect(error).toBeInstanceOf(Error)
    expect(isNamed(error, 'Unavailable')).toBe(false)
    expect(service.calls).toHaveLength(1)
  })
})
