import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findInstallation, type Installation, readInstallations } from '#infra/installations.ts'
import { aDeployedAccount, aStack, TOKEN } from '#test/builders/a-deployed-account.ts'
import { NameServer, type Names } from '#test/builders/a-name-server.ts'
import { type Answers, AwsAccount } from '#test/builders/an-aws-account.ts'
import { brandOf } from '../brand-of.ts'
import { examine } from './examine.ts'
import type { Finding } from './finding.ts'

const account = new AwsAccount()
const nameServer = new NameServer()
const NAMES: Names = {
  texts: {
    '_dmarc.kaffi.example': ['v=DMARC1; p=quarantine; rua=mailto:dmarc@kaffi.example'],
    'bounce.kaffi.example': ['some other record', 'v=spf1 include:amazonses.com ~all'],
  },
}

const KAFFI = findInstallation(
  'kaffi',
  readInstallations(`kaffi:
  brand: examples/kaffi
  from: hello@kaffi.example
  sms: yes
  expect: { emails: 20000 per day, texts: 500 per day, open enrolments: 100000 }
`),
)

beforeAll(async () => {
  await account.listen()
  await nameServer.listen()
})
beforeEach(() => {
  account.asked.length = 0
  account.answers = aDeployedAccount({ api: account.url })
  nameServer.names = NAMES
})
afterAll(() => {
  account.close()
  nameServer.close()
})

interface Otherwise {
  readonly answers?: Answers
  readonly names?: Names
  readonly installation?: Partial<Installation>
  readonly sms?: { readonly from: string }
}

/** What is found where all is well but for what is said. */
async function findings({ answers = {}, names, installation, sms }: Otherwise = {}): Promise<readonly Finding[]> {
  account.answers = { ...account.answers, ...answers }
  if (names !== undefined) nameServer.names = { ...names, texts: { ...NAMES.texts, ...names.texts } }
  const brand = brandOf(KAFFI)
  return examine({
    installation: { ...KAFFI, ...installation },
    access: account.access,
    brand: brand && { ...brand, senders: { ...brand.senders, ...(sms && { sms }) } },
    names: nameServer.resolver,
  })
}

const notOk = (found: readonly Finding[]): readonly string[] =>
  found.filter(({ state }) => state !== 'ok').map(({ check, state }) => `${check} ${state}`)

const ACCOUNT = 'GET /v2/email/account'
const IDENTITY = 'GET /v2/email/identities/kaffi.example'
const SET = 'GET /v2/email/configuration-sets/throughline-kaffi'

describe('the doctor', () => {
  it('finds nothing where all is as it should be', async () => {
    const found = await findings()
    expect(notOk(found)).toEqual([])
    expect(found.map(({ check }) => check)).toEqual([
      'account.credentials',
      'stack.bootstrap',
      'stack.status',
      'email.production',
      'email.standing',
      'email.quota',
      'email.identity',
      'email.dkim',
      'email.mail-from',
      'email.spf',
      'email.dmarc',
      'email.events',
      'email.suppression',
      'texts.production',
      'texts.spending',
      'texts.sender',
      'texts.answers',
      'push.off',
      'quotas.enrolments',
      'quotas.speed',
      'quotas.concurrency',
      'secrets.api-token',
      'secrets.webhook-key',
      'system.answers',
      'system.console',
      'brand.published',
      'brand.sender',
    ])
  })

  it('changes nothing: it only gets and describes', async () => {
    await findings({ installation: { push: { application: '0'.repeat(32) } } })
    expect(account.asked.filter((operation) => !/^(Get|Describe|GET )/.test(operation))).toEqual([])
  })

  it('says what to do about each thing that is not as it should be', async () => {
    account.answers = {
      GetCallerIdentity: account.answers.GetCallerIdentity ?? {},
      DescribeStacks: aStack('x', 'ROLLBACK_COMPLETE'),
    }
    const found = await findings({ names: { texts: {} } })
    for (const { state, text, remedy } of found.filter((one) => one.state !== 'ok'))
      expect([text, remedy ?? (state === 'unknown' ? text : '')]).not.toContain('')
  })
})

describe('the doctor says of a stack', () => {
  it.each([
    ['REVIEW_IN_PROGRESS', 'missing', 'npx cdk deploy throughline-kaffi'],
    ['CREATE_IN_PROGRESS', 'warning', 'Wait until it is done'],
    ['UPDATE_ROLLBACK_COMPLETE', 'warning', 'npx cdk deploy throughline-kaffi'],
    ['ROLLBACK_COMPLETE', 'missing', 'npx cdk destroy throughline-kaffi'],
    ['CREATE_FAILED', 'missing', 'npx cdk destroy throughline-kaffi'],
    ['DELETE_FAILED', 'missing', '"npx cdk destroy throughline-kaffi" again'],
    ['UPDATE_ROLLBACK_FAILED', 'missing', 'npx cdk rollback throughline-kaffi'],
  ])('that is %s what to do', async (status, state, remedy) => {
    const found = await findings({ answers: kaffiStack(status) })
    expect(found.find(({ check }) => check === 'stack.status')).toMatchObject({
      state,
      remedy: expect.stringContaining(remedy),
    })
  })
})

it('says where to find the rights that it lacks', async () => {
  const found = await findings({ answers: { DescribeSpendLimits: 'AccessDeniedException' } })
  const { text = '' } = found.find(({ check }) => check === 'texts.asking') ?? {}
  const [, page = '', anchor = ''] = /(docs\S+\.md)#([\w-]+)/.exec(text) ?? []
  expect(readFileSync(page, 'utf8').toLowerCase()).toContain(`# ${anchor.replaceAll('-', ' ')}`)
})

const GOOD_STANDING = { ProductionAccessEnabled: true, SendingEnabled: true, EnforcementStatus: 'HEALTHY' }
const secretGone = { Name: 'x', DeletedDate: 1_750_000_000 }
const number = (over: object) => ({ PhoneNumbers: [{ PhoneNumber: '+4570707070', Status: 'ACTIVE', ...over }] })
const spending = (EnforcedLimit: number) => ({
  SpendLimits: [{ Name: 'TEXT_MESSAGE_MONTHLY_SPEND_LIMIT', EnforcedLimit }],
})
const quota = (Value: number) => ({ Quota: { Value } })
const kaffiStack = (status: string) => ({ 'DescribeStacks throughline-kaffi': aStack('throughline-kaffi', status) })
const verified = { VerifiedForSendingStatus: true, DkimAttributes: { SigningEnabled: true, Status: 'SUCCESS' } }
const application = { installation: { push: { application: '0'.repeat(32) } } }
const CHANNELS = `GET /v1/apps/${'0'.repeat(32)}/channels`

const CASES: readonly (readonly [fact: string, otherwise: Otherwise, found: readonly string[]])[] = [
  ['another account', { installation: { account: '999999999999' } }, ['account.credentials missing']],
  ['no credentials', { answers: { GetCallerIdentity: 'ExpiredToken' } }, ['account.credentials missing']],
  [
    'a deployment that failed',
    { answers: kaffiStack('UPDATE_ROLLBACK_COMPLETE') },
    ['stack.status warning', 'texts.answers warning'],
  ],
  [
    'a first deployment that failed',
    { answers: kaffiStack('ROLLBACK_COMPLETE') },
    ['stack.status missing', 'texts.answers warning'],
  ],
  [
    'a deployment under way',
    { answers: kaffiStack('UPDATE_IN_PROGRESS') },
    ['stack.status warning', 'texts.answers warning'],
  ],
  [
    'the sandbox of SES',
    {
      answers: {
        [ACCOUNT]: {
          ...GOOD_STANDING,
          ProductionAccessEnabled: false,
          SendQuota: { Max24HourSend: 200, MaxSendRate: 1 },
        },
      },
    },
    ['email.production missing', 'email.quota missing'],
  ],
  [
    'little room for email',
    { answers: { [ACCOUNT]: { ...GOOD_STANDING, SendQuota: { Max24HourSend: 25_000, MaxSendRate: 14 } } } },
    ['email.quota warning'],
  ],
  [
    'an account under review',
    { answers: { [ACCOUNT]: { ...GOOD_STANDING, EnforcementStatus: 'PROBATION', SendQuota: { Max24HourSend: -1 } } } },
    ['email.standing missing'],
  ],
  ['no identity', { answers: { [IDENTITY]: 'NotFoundException' } }, ['email.identity missing']],
  [
    'an identity that is not verified',
    { answers: { [IDENTITY]: { VerifiedForSendingStatus: false } } },
    ['email.identity missing'],
  ],
  [
    'no DKIM and no MAIL FROM domain',
    { answers: { [IDENTITY]: { ...verified, DkimAttributes: { SigningEnabled: true, Status: 'PENDING' } } } },
    ['email.dkim missing', 'email.mail-from warning'],
  ],
  ['no SPF', { names: { texts: { 'bounce.kaffi.example': ['v=spf1 -all'] } } }, ['email.spf missing']],
  [
    'two SPF records',
    { names: { texts: { 'bounce.kaffi.example': ['v=spf1 include:amazonses.com ~all', 'v=spf1 -all'] } } },
    ['email.spf missing'],
  ],
  ['no DMARC', { names: { texts: { '_dmarc.kaffi.example': ['hello'] } } }, ['email.dmarc missing']],
  [
    'no events of SES',
    { answers: { [`${SET}/event-destinations`]: { EventDestinations: [] }, [SET]: {} } },
    ['email.events missing', 'email.suppression warning'],
  ],
  [
    'the sandbox of SMS',
    { answers: { DescribeAccountAttributes: { AccountAttributes: [{ Name: 'ACCOUNT_TIER', Value: 'SANDBOX' }] } } },
    ['texts.production missing'],
  ],
  ['a spending limit of a dollar', { answers: { DescribeSpendLimits: spending(1) } }, ['texts.spending missing']],
  ['a small spending limit', { answers: { DescribeSpendLimits: spending(300) } }, ['texts.spending warning']],
  ['no number', { answers: { DescribePhoneNumbers: { PhoneNumbers: [] } } }, ['texts.sender missing']],
  [
    'a number that waits for its registration',
    { answers: { DescribePhoneNumbers: number({ Status: 'PENDING' }) } },
    ['texts.sender missing'],
  ],
  [
    'a number that hears nothing',
    { answers: { DescribePhoneNumbers: number({ TwoWayEnabled: false }) } },
    ['texts.answers warning'],
  ],
  ['a name that is registered', { sms: { from: 'Kaffi' } }, []],
  ['a name that is not', { sms: { from: 'Kaffe' } }, ['texts.sender warning']],
  [
    'no application of push',
    { ...application, answers: { [CHANNELS]: 'NotFoundException' } },
    ['push.application missing'],
  ],
  [
    'an application without Apple',
    { ...application, answers: { [CHANNELS]: { Channels: { GCM: { Enabled: true }, APNS: { Enabled: false } } } } },
    ['push.apple warning'],
  ],
  [
    'no key of Google',
    { installation: { push: { google: 'g' } }, answers: { 'DescribeSecret g': 'ResourceNotFoundException' } },
    ['push.google missing'],
  ],
  [
    'fewer open executions than enrolments',
    { answers: { 'GetServiceQuota states L-B8A5B662': quota(90_000) } },
    ['quotas.enrolments missing'],
  ],
  [
    'the concurrency of a new account',
    { answers: { 'GetServiceQuota lambda L-B99A9384': quota(10) } },
    ['quotas.concurrency missing'],
  ],
  [
    'a quota that was never changed',
    {
      answers: {
        'GetServiceQuota states L-B8A5B662': 'NoSuchResourceException',
        'GetAWSDefaultServiceQuota states L-B8A5B662': quota(120_000),
      },
    },
    ['quotas.enrolments warning'],
  ],
  [
    'more touchpoints than functions',
    { installation: { expect: { ...KAFFI.expect, touchpoints: 1e9 } } },
    ['quotas.concurrency missing'],
  ],
  [
    'an API that fails',
    { answers: { 'GET /health': 'InternalFailure' } },
    ['system.answers missing', 'system.console missing'],
  ],
  [
    'a token it may not read',
    { answers: { [`GetSecretValue ${TOKEN}`]: 'AccessDeniedException' } },
    ['brand.asking unknown'],
  ],
  [
    'secrets about to go',
    { answers: { DescribeSecret: secretGone } },
    ['secrets.api-token missing', 'secrets.webhook-key missing'],
  ],
  ['no brand', { answers: { 'GET /v1/brand/files': { files: {} } } }, ['brand.published missing']],
  [
    'another sender',
    {
      installation: { from: 'hi@kaffi.example' },
      answers: { 'GET /v2/email/identities/hi@kaffi.example': 'NotFoundException' },
    },
    ['brand.sender warning'],
  ],
  [
    'a domain that leads nowhere',
    { installation: { domain: { name: 'l.kaffi.example', certificate: 'x' } } },
    ['system.domain missing'],
  ],
  [
    'a domain that leads somewhere',
    {
      installation: { domain: { name: 'l.kaffi.example', certificate: 'x' } },
      names: { addresses: { 'l.kaffi.example': '192.0.2.1' } },
    },
    [],
  ],
  ['what it may not ask', { answers: { DescribeSpendLimits: 'AccessDeniedException' } }, ['texts.asking unknown']],
]

describe('the doctor meets', () => {
  it.each(CASES)('%s', async (_, otherwise, expected) => {
    expect(notOk(await findings(otherwise))).toEqual(expected)
  })

  it('no name server, and still says what AWS says', async () => {
    nameServer.names = { isSilent: true }
    const found = await findings({ answers: { [ACCOUNT]: { ...GOOD_STANDING, ProductionAccessEnabled: false } } })
    expect(notOk(found)).toEqual([
      'email.production missing',
      'email.quota missing',
      'email.spf unknown',
      'email.dmarc unknown',
    ])
  })

  it('no stack, before the first deployment, and still looks at what is outside of it', async () => {
    const { 'DescribeStacks CDKToolkit': _, 'DescribeStacks throughline-kaffi': __, ...rest } = account.answers
    account.answers = rest
    const found = await findings()
    expect(notOk(found)).toEqual(['stack.bootstrap missing', 'stack.status missing', 'texts.answers warning'])
    expect(found.map(({ check }) => check)).toContain('email.production')
  })
})
