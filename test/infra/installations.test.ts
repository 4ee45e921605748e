import { readdirSync } from 'node:fs'
import { RetentionDays } from 'aws-cdk-lib/aws-logs'
import { describe, expect, it } from 'vitest'
import { findInstallation, readInstallations } from '#infra/installations.ts'
import { LOG_DAYS } from '#infra/settings.ts'

const CERTIFICATE = 'arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012'

const entry =
  (name: string) =>
  (...lines: readonly string[]): string =>
    [`${name}:`, 'brand: examples/kaffi', 'from: hello@kaffi.example', ...lines].join('\n  ')
const kaffi = entry('kaffi')
const tea = entry('tea')

describe('installations.yaml', () => {
  it('is sound, and names folders with a brand', () => {
    for (const { brand } of readInstallations())
      expect(readdirSync(new URL(`../../${brand}`, import.meta.url))).toContain('brand.yaml')
  })

  it('holds several installations, each a stack of its name', () => {
    const text = `${kaffi()}\nkaffi-test:\n  brand: examples/kaffi\n  from: test@kaffi.example\n  retain: no\n`
    expect(readInstallations(text)).toMatchObject([
      { name: 'kaffi', stack: 'throughline-kaffi', retain: true, logs: 30, key: 'aws', sms: false },
      { name: 'kaffi-test', stack: 'throughline-kaffi-test', retain: false },
    ])
  })

  it('may have one prefix and one domain in two regions', () => {
    const text = ['eu-west-1', 'eu-central-1'].map((region, at) =>
      [kaffi, tea][at]!('console: yes', 'sign-in: { prefix: shop }', `region: ${region}`),
    )
    expect(readInstallations(text.join('\n'))).toHaveLength(2)
  })

  it('says what is expected, as how many a day', () => {
    const text = kaffi('expect: { touchpoints: 3000000 per month, emails: 300000 a day, open enrolments: 100000 }')
    expect(readInstallations(text)[0]?.expect).toEqual({
      touchpoints: 100_000,
      emails: 300_000,
      openEnrolments: 100_000,
    })
  })

  it.each([
    [kaffi('retain: perhaps'), 'installations.yaml:4:3: kaffi.retain: "perhaps" is not "yes" or "no".'],
    [kaffi('logs: 31 days'), `installations.yaml:4:3: kaffi.logs: "31 days" is not one of CloudWatch's: 1, 3, `],
    [kaffi('region: Ireland'), 'A region is written as in "eu-west-1".'],
    [kaffi('account: 12'), 'An account is 12 digits, as in "111122223333".'],
    [
      kaffi(`domain: { name: https://kaffi.example, certificate: "${CERTIFICATE}" }`),
      'A domain is a host name, as in "links.kaffi.example".',
    ],
    [kaffi('push: { application: kaffi }'), 'An application of End User Messaging Push has 32 of 0-9 and a-f.'],
    [kaffi('push: { web: { contact: ops, keys: vapid } }'), 'A contact begins with "mailto:" or "https://".'],
    [kaffi('expect: { emails: many }'), '"many" is not a count, as in "2000000 per month" or "300000 per day".'],
    [kaffi('budget: 0', 'alarms: ops@kaffi.example'), 'A budget is more than 0 US dollars a month.'],
    [kaffi('budget: 50'), 'Nobody would be told when it is spent. Add "alarms: <an email address>".'],
    [kaffi('console: yes'), 'Nobody could sign in. Add "sign-in: { prefix: … }".'],
    [kaffi('sign-in: { prefix: kaffi }'), 'There is no console to sign in to. Add "console: yes".'],
    [kaffi('console: yes', 'sign-in: { prefix: aws-kaffi }'), 'neither "aws", "amazon" nor "cognito"'],
    [
      kaffi('region: eu-west-1', `domain: { name: k.example, certificate: "${CERTIFICATE}" }`),
      'The certificate is of another region. Make one in eu-west-1.',
    ],
    [kaffi('region: eu-south-2'), 'SES is not there. Choose one that has it.'],
    [
      kaffi('region: eu-north-1', 'budget: 50', 'alarms: ops@kaffi.example'),
      'kaffi.budget: CloudFormation makes none in this region. Leave it out, and make one in the console of AWS.',
    ],
    [
      [kaffi, tea].map((of) => of('console: yes', 'sign-in: { prefix: shop }')).join('\n'),
      'installations.yaml:10:3: tea.sign-in: shop is what kaffi has already, in the same region. Choose another.',
    ],
    [
      [kaffi, tea].map((of) => of(`domain: { name: l.example, certificate: "${CERTIFICATE}" }`)).join('\n'),
      'tea.domain: l.example is what kaffi has already, in the same region. Choose another.',
    ],
    [kaffi('retian: yes'), 'installations.yaml:4:3: kaffi.retian: "retian" is not known here. Did you mean "retain"?'],
    ['kaffi:\n  brand: examples/kaffi\n', 'installations.yaml:1:1: kaffi: "from" is missing. Add "from".'],
    ['Kaffi & Co: {}\n', 'An installation is named in at most 20 lower-case letters, digits and hyphens'],
    [`kaffi${'i'.repeat(20)}: {}\n`, 'An installation is named in at most 20 lower-case letters, digits and hyphens'],
  ])('%j stops with one line', (text, line) => {
    const read = () => readInstallations(text)
    expect(read).toThrow(expect.objectContaining({ name: 'Misconfigured', message: expect.stringContaining(line) }))
    expect(read).toThrow(expect.objectContaining({ message: expect.not.stringContaining('\n') }))
  })

  it('tells of an unknown one which was meant', () => {
    expect(() => findInstallation('kafi', readInstallations(kaffi()))).toThrow('Did you mean "kaffi"?')
    expect(() => findInstallation('tea', readInstallations(kaffi()))).toThrow('It has: kaffi.')
  })

  it('takes the days that CloudWatch does', () => {
    const known = Object.values(RetentionDays).filter((days) => typeof days === 'number' && days < 9999)
    expect([...LOG_DAYS]).toEqual(known)
  })
})
