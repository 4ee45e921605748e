import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn'
import { afterAll, describe, expect, it } from 'vitest'
import { AwsService } from '#test/builders/an-aws-service.ts'
import { problemsOf } from './check-shape.ts'
import { errorsOf, modelOf } from './model.ts'
import { brokenRules } from './rules.ts'
import { readSignature, type SignedRequest } from './signature.ts'

/* Who checks the requests of our adapters is checked: by AWS's own example, and by requests that are wrong. */

/** The first example of AWS's Signature Version 4 test suite, "get-vanilla". */
const VANILLA = {
  method: 'GET',
  path: '/',
  headers: {
    host: 'example.amazonaws.com',
    'x-amz-date': '20150830T123600Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, ' +
      'Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
  },
  body: Buffer.alloc(0),
} satisfies SignedRequest
const EXAMPLE = { secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const THEN = Date.parse('2015-08-30T12:36:00Z')

describe('readSignature', () => {
  it('agrees with the example of AWS', () => {
    expect(readSignature(VANILLA, () => EXAMPLE, THEN)).toEqual({
      caller: 'AKIDEXAMPLE',
      service: 'service',
      problem: undefined,
    })
  })

  it.each([
    ['another body', { ...VANILLA, body: Buffer.from('more') }, EXAMPLE, THEN],
    ['another path', { ...VANILLA, path: '/elsewhere' }, EXAMPLE, THEN],
    ['another query', { ...VANILLA, path: '/?a=b' }, EXAMPLE, THEN],
    ['another secret', VANILLA, { ...EXAMPLE, secretAccessKey: 'x' }, THEN],
    ['a key that nobody has', VANILLA, undefined, THEN],
    ['a session nobody named', VANILLA, { ...EXAMPLE, sessionToken: 'x' }, THEN],
    ['another hour', VANILLA, EXAMPLE, THEN + 3_600_000],
    [
      'a header that is not signed',
      { ...VANILLA, headers: { ...VANILLA.headers, 'x-amz-target': 'x' } },
      EXAMPLE,
      THEN,
    ],
    ['no signature', { ...VANILLA, headers: { host: 'example.amazonaws.com' } }, EXAMPLE, THEN],
  ])('finds %s', (_, request: SignedRequest, credentials, now) => {
    expect(readSignature(request, () => credentials, now).problem).toEqual(expect.any(String))
  })
})

const problemsIn = (service: string, operation: string, input: unknown) => {
  const model = modelOf(service)!
  return problemsOf({ model, whole: true }, model.operations[operation]!.input.shape, input, operation)
}

const SMS = { DestinationPhoneNumber: '+4520000000', OriginationIdentity: '+4570000000', MessageBody: 'Hej' }
const EMAIL = {
  FromEmailAddress: '"Kaffi" <hello@kaffi.example>',
  Destination: { ToAddresses: ['ada@example.org'] },
  Content: { Simple: { Subject: { Data: 'Hi' }, Body: { Text: { Data: 'Hi' } } } },
}
const MACHINE = 'arn:aws:states:eu-west-1:123456789012:stateMachine:throughline-kaffi-welcome'

describe('problemsOf', () => {
  it.each([
    ['sms-voice', 'SendTextMessage', SMS],
    ['ses', 'SendEmail', EMAIL],
    ['states', 'StartExecution', { stateMachineArn: MACHINE }],
    ['mobiletargeting', 'SendMessages', { ApplicationId: 'a', MessageRequest: { MessageConfiguration: {} } }],
  ])('has nothing against what %s takes', (service, operation, input) => {
    expect(problemsIn(service, operation, input)).toEqual([])
  })

  it.each<[string, string, object, string]>([
    ['something missing', 'SendTextMessage', { MessageBody: 'Hej' }, 'DestinationPhoneNumber is missing'],
    ['something unknown', 'SendTextMessage', { ...SMS, Text: 'Hej' }, 'Text is unknown'],
    ['too long a text', 'SendTextMessage', { ...SMS, MessageBody: 'x'.repeat(1_601) }, 'has 1601 characters'],
    ['an empty text', 'SendTextMessage', { ...SMS, MessageBody: '  ' }, 'is not like'],
    ['a name with a space', 'SendTextMessage', { ...SMS, OriginationIdentity: 'Kaffi Bar' }, 'is not like'],
    ['a value that is none of these', 'SendTextMessage', { ...SMS, MessageType: 'FUN' }, 'is none of'],
    ['a number out of bounds', 'SendTextMessage', { ...SMS, TimeToLive: 4 }, 'may have 5 to'],
    [
      'too many entries',
      'SendTextMessage',
      { ...SMS, Context: { a: '1', b: '2', c: '3', d: '4', e: '5', f: '6' } },
      'has 6 entries',
    ],
    ['another type', 'SendTextMessage', { ...SMS, DryRun: 'no' }, 'is no boolean'],
  ])('finds %s', (_, operation, input, problem) => {
    expect(problemsIn('sms-voice', operation, input)).toEqual([expect.stringContaining(problem)])
  })
})

describe('brokenRules', () => {
  const entry = { Source: 'app', DetailType: 'order.completed', Detail: '{}' }
  const start = { stateMachineArn: `${MACHINE}:1`, name: 'run-1', input: '{}' }
  const update = { stateMachineArn: MACHINE, definition: '{}' }
  const logTo = (logGroupArn: string) => ({ destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }] })
  const simple = (changes: object) => ({ ...EMAIL, Content: { Simple: { ...EMAIL.Content.Simple, ...changes } } })

  it.each([
    ['SendEmail', EMAIL],
    ['SendEmail', { ...EMAIL, FromEmailAddress: '=?UTF-8?B?S8OlZmZp?= <hello@kaffi.example>' }],
    ['SendTextMessage', SMS],
    ['PutEvents', { Entries: [entry] }],
    ['StartExecution', start],
    ['UpdateStateMachine', { ...update, loggingConfiguration: logTo('arn:log-group:a:*') }],
  ])('lets %s be as it should', (operation, input) => {
    expect(brokenRules(operation, input)).toEqual([])
  })

  it.each<[string, string, object]>([
    ['a recipient too many', 'SendEmail', { ...EMAIL, Destination: { ToAddresses: ['a@b.example', 'c@d.example'] } }],
    ['an address outside of ASCII', 'SendEmail', { ...EMAIL, Destination: { ToAddresses: ['ada@kåffi.example'] } }],
    ['a bare name outside of ASCII', 'SendEmail', { ...EMAIL, FromEmailAddress: '"Kåffi" <hello@kaffi.example>' }],
    ['a tag of other characters', 'SendEmail', { ...EMAIL, EmailTags: [{ Name: 'step', Value: 'wait: 1' }] }],
    ['a tag without a value', 'SendEmail', { ...EMAIL, EmailTags: [{ Name: 'step', Value: '' }] }],
    ['a header that is too long', 'SendEmail', simple({ Headers: [{ Name: 'X-A', Value: 'x'.repeat(994) }] })],
    ['a subject of two lines', 'SendEmail', simple({ Subject: { Data: 'Hi\nBcc: all' } })],
    ['a number that is not international', 'SendTextMessage', { ...SMS, DestinationPhoneNumber: '20000000' }],
    ['an event of AWS', 'PutEvents', { Entries: [{ ...entry, Source: 'aws.ses' }] }],
    ['an event without a type', 'PutEvents', { Entries: [{ ...entry, DetailType: '' }] }],
    ['a detail that is no object', 'PutEvents', { Entries: [{ ...entry, Detail: '"text"' }] }],
    [
      'a log of what runs carry',
      'UpdateStateMachine',
      { ...update, loggingConfiguration: { includeExecutionData: true } },
    ],
    [
      'a log group without its end',
      'UpdateStateMachine',
      { ...update, loggingConfiguration: logTo('arn:log-group:a') },
    ],
    [
      'a tag of other characters',
      'CreateStateMachine',
      { name: 'a', definition: '{}', tags: [{ key: 'throughline', value: '50 %' }] },
    ],
    ['a machine without its version', 'StartExecution', { ...start, stateMachineArn: MACHINE }],
    ['a start by chance', 'StartExecution', { ...start, name: undefined }],
    ['an input that is too large in bytes', 'StartExecution', { ...start, input: JSON.stringify('å'.repeat(140_000)) }],
  ])('finds %s', (_, operation, input) => {
    expect(brokenRules(operation, input)).toEqual([expect.any(String)])
  })
})

describe('AwsService', () => {
  const services: AwsService[] = []
  const aService = async () => {
    const service = await new AwsService().listen()
    services.push(service)
    return service
  }
  afterAll(() => {
    for (const service of services) service.close()
  })

  it('tells what the real service would not have taken, and what it would not have answered', async () => {
    const service = await aService()
    service.plays(() => ({ executionId: 'x' }))
    const command = new StartExecutionCommand({ stateMachineArn: `${MACHINE}:1`, name: 'with space', input: '{}' })
    await new SFNClient(service.config).send(command)
    expect(service.takeBroken()).toEqual([
      'StartExecution: without a name of our own a repeated start would be a second one',
      'the answer to StartExecution.executionId is unknown',
    ])
  })

  it('knows who signed', async () => {
    const service = await aService()
    const credentials = { ...service.config.credentials, secretAccessKey: 'another' }
    await new SESv2Client({ ...service.config, credentials }).send(new SendEmailCommand(EMAIL))
    expect(service.takeBroken()).toEqual([expect.stringContaining('the signature is another')])
  })

  it('does not let a test pass by that has asked for something impossible', async () => {
    const service = await aService()
    await new SESv2Client(service.config).send(new SendEmailCommand({ ...EMAIL, Content: undefined }))
    expect(() => service.close()).toThrow('SendEmail.Content is missing')
    service.takeBroken()
  })
})

it('knows which errors an operation declares, and their status', () => {
  expect(errorsOf(modelOf('ses')!, 'SendEmail')).toContainEqual({ name: 'TooManyRequestsException', status: 429 })
})
