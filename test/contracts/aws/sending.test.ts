import { PinpointClient } from '@aws-sdk/client-pinpoint'
import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2'
import { SESv2Client } from '@aws-sdk/client-sesv2'
import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { sesProvider } from '#shared/channels/email/ses.ts'
import { pushProvider } from '#shared/channels/push/end-user-messaging.ts'
import { smsProvider } from '#shared/channels/sms/end-user-messaging.ts'
import { isNamed } from '#shared/errors/errors.ts'
import type { Delivery, Outgoing, Provider } from '#shared/world/provider.ts'
import { type AwsAnswer, AwsRefusal, RawAnswer } from '#test/builders/an-aws-server.ts'
import { AwsService } from '#test/builders/an-aws-service.ts'
import { anEmail, anSms, aPush } from '#test/builders/an-outgoing.ts'
import { errorsOf, modelOf } from './model.ts'

/*
 * What our providers ask of AWS is what AWS takes, whatever is in a message; and whatever comes back, they know what it
 * means: taken, never to be taken, surely not taken now, or nobody knows. In that last case nothing is sent again.
 */

const service = await new AwsService().listen()
afterAll(() => service.close())

const config = {
  ...service.config,
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
}

const impatient = { ...config, requestHandler: { ...config.requestHandler, requestTimeout: 300 } }

type Config = typeof config

interface Case {
  readonly providerOf: (config: Config) => Provider
  readonly message: (changes?: Partial<Outgoing>) => Outgoing
  readonly taken: object
  readonly operation: string
  readonly signingName: string
  /** What each error that the operation declares means. */
  readonly meanings: Readonly<Record<string, Meaning>>
}

type Meaning = 'accepted' | 'refused' | 'not taken' | 'nobody knows'

const CASES: Readonly<Record<string, Case>> = {
  SES: {
    providerOf: (given) => sesProvider(new SESv2Client(given), { configurationSet: 'throughline-kaffi' }),
    message: anEmail,
    taken: { MessageId: 'ses-1' },
    operation: 'SendEmail',
    signingName: 'ses',
    meanings: {
      TooManyRequestsException: 'not taken',
      LimitExceededException: 'not taken',
      AccountSuspendedException: 'not taken',
      SendingPausedException: 'not taken',
      MailFromDomainNotVerifiedException: 'not taken',
      NotFoundException: 'not taken',
      MessageRejected: 'refused',
      BadRequestException: 'refused',
    },
  },
  'End User Messaging SMS': {
    providerOf: (given) => smsProvider(new PinpointSMSVoiceV2Client(given)),
    message: anSms,
    taken: { MessageId: 'sms-1' },
    operation: 'SendTextMessage',
    signingName: 'sms-voice',
    meanings: {
      ServiceQuotaExceededException: 'not taken',
      ThrottlingException: 'not taken',
      AccessDeniedException: 'not taken',
      ResourceNotFoundException: 'not taken',
      ConflictException: 'not taken',
      ValidationException: 'refused',
      InternalServerException: 'nobody knows',
    },
  },
  'End User Messaging Push': {
    providerOf: (given) => pushProvider(new PinpointClient(given), { applicationId: 'a1b2' }),
    message: aPush,
    taken: {
      MessageResponse: {
        ApplicationId: 'a1b2',
        Result: { 'token-1': { DeliveryStatus: 'SUCCESSFUL', StatusCode: 200, MessageId: 'push-1' } },
      },
    },
    operation: 'SendMessages',
    signingName: 'mobiletargeting',
    meanings: {
      TooManyRequestsException: 'not taken',
      ForbiddenException: 'not taken',
      NotFoundException: 'not taken',
      MethodNotAllowedException: 'not taken',
      BadRequestException: 'refused',
      PayloadTooLargeException: 'refused',
      InternalServerErrorException: 'nobody knows',
    },
  },
}

async function meaningOf(delivering: Promise<Delivery>): Promise<Meaning> {
  try {
    return (await delivering).outcome
  } catch (error) {
    return isNamed(error, 'Unavailable') ? 'not taken' : 'nobody knows'
  }
}

describe.each(Object.entries(CASES))('%s', (_, { providerOf, message, taken, operation, signingName, meanings }) => {
  beforeEach(() => service.plays(() => taken))

  const provider = providerOf(config)
  const declared = errorsOf(modelOf(signingName)!, operation)

  it('is asked in the way it says it takes', async () => {
    expect(await meaningOf(provider.deliver(message()))).toBe('accepted')
    expect(service.calls.map((call) => call.operation)).toEqual([operation])
    expect(service.takeBroken()).toEqual([])
  })

  it('has taken nothing when nobody is there', async () => {
    const nobody = providerOf({ ...config, endpoint: 'http://127.0.0.1:1' })
    expect(await meaningOf(nobody.deliver(message()))).toBe('not taken')
  })

  it('has a meaning for every error that it declares', () => {
    expect(Object.keys(meanings).toSorted()).toEqual(declared.map(({ name }) => name).toSorted())
  })

  it.each(declared.map(({ name, status }) => ({ name, status, meaning: meanings[name] })))(
    'when it answers $name, the message is $meaning',
    async ({ name, status, meaning }) => {
      service.plays(() => new AwsRefusal(name, {}, status))
      expect(await meaningOf(provider.deliver(message()))).toBe(meaning)
    },
  )

  it.each<[string, AwsAnswer, Meaning]>([
    ['it is too fast for it', new AwsRefusal('ThrottlingException', {}, 429), 'not taken'],
    ['it is not there now', new AwsRefusal('ServiceUnavailable', {}, 503), 'not taken'],
    ['something before it is busy', new RawAnswer(503, '<html>Service Unavailable</html>'), 'not taken'],
    ['its credentials have expired', new AwsRefusal('ExpiredTokenException', {}, 403), 'not taken'],
    ['something before it refuses', new RawAnswer(403, '<html>Forbidden</html>'), 'not taken'],
    ['it refuses without a word', new RawAnswer(400, ''), 'not taken'],
    ['it breaks', new AwsRefusal('InternalFailure', {}, 500), 'nobody knows'],
    ['something before it waits in vain', new RawAnswer(504, '<html>Gateway Timeout</html>'), 'nobody knows'],
    ['it takes it and the connection breaks', 'lost', 'nobody knows'],
    ['it takes it and does not answer in time', 'silent', 'nobody knows'],
    ['it takes it and answers something unreadable', new RawAnswer(200, '<html>OK</html>'), 'nobody knows'],
    ['it takes it and its answer is cut short', new RawAnswer(200, '{"MessageId":"x'), 'nobody knows'],
    ['it takes it and answers nothing', new RawAnswer(200, ''), 'nobody knows'],
    ['it takes it and does not say as what', new RawAnswer(200, '{}'), 'nobody knows'],
    ['it takes it and answers something else', new RawAnswer(200, '[]'), 'nobody knows'],
  ])('when %s: %s', async (_, answer, meaning) => {
    service.plays(() => answer)
    const asked = answer === 'silent' ? providerOf(impatient) : provider
    expect(await meaningOf(asked.deliver(message()))).toBe(meaning)
    expect(service.calls).toHaveLength(1)
  })
})

const text = fc.string({ unit: 'grapheme', maxLength: 300 })
const line = text.map((given) => given.replace(/[\p{Cc}\u2028\u2029]/gu, ' '))
const outgoing = fc.record({
  dispatch: fc.stringMatching(/^[\w-]{8,40}$/),
  customer: fc.stringMatching(/^[a-z0-9]{13}$/),
  tags: fc.dictionary(fc.constantFrom('message', 'kind', 'journey', 'step', 'purpose', 'brand'), text),
})

describe('whatever is in a message', () => {
  beforeEach(() =>
    service.plays(({ operation }) => Object.values(CASES).find((one) => one.operation === operation)!.taken),
  )

  const delivered = async ({ providerOf }: Case, message: Outgoing) => {
    await meaningOf(providerOf(config).deliver(message))
    expect(service.takeBroken()).toEqual([])
  }

  it('SES is asked for what it takes', async () => {
    const content = fc.record({
      from: fc.record({ name: line.filter((name) => name.trim() !== ''), address: fc.constant('hello@kaffi.example') }),
      subject: line,
      html: text,
      text,
      headers: fc.constant({ 'List-Unsubscribe': '<https://kaffi.example/u/x>' }),
    })
    const email = fc.tuple(outgoing, content).map(([given, form]) => anEmail({ ...given, content: form }))
    await fc.assert(
      fc.asyncProperty(email, (message) => delivered(CASES.SES!, message)),
      { numRuns: 60 },
    )
  })

  it('SMS is asked for what it takes', async () => {
    const content = fc.record({
      from: fc.constantFrom('+4570000000', '12345', 'Kaffi', 'KAFFI-DK'),
      text: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1_000 }).filter((given) => given.trim() !== ''),
    })
    const sms = fc.tuple(outgoing, content).map(([given, form]) => anSms({ ...given, content: form }))
    await fc.assert(
      fc.asyncProperty(sms, (message) => delivered(CASES['End User Messaging SMS']!, message)),
      { numRuns: 60 },
    )
  })

  it('push is asked for what it takes', async () => {
    const content = fc.record(
      { title: line, body: text, link: line, icon: fc.webUrl(), data: fc.dictionary(line, text) },
      { requiredKeys: ['title', 'body', 'data'] },
    )
    const to = fc.tuple(fc.constantFrom('ios', 'android', 'web'), fc.stringMatching(/^[\w:-]{1,200}$/))
    const push = fc
      .tuple(outgoing, content, to)
      .map(([given, form, [platform, token]]) => aPush({ ...given, content: form, to: `${platform}:${token}` }))
    await fc.assert(
      fc.asyncProperty(push, (message) => delivered(CASES['End User Messaging Push']!, message)),
      { numRuns: 60 },
    )
  })
})
