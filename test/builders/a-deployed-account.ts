import type {
  DescribeAccountAttributesResult,
  DescribeSpendLimitsResult,
  PhoneNumberInformation,
  SenderIdInformation,
} from '@aws-sdk/client-pinpoint-sms-voice-v2'
import type {
  GetAccountResponse,
  GetConfigurationSetEventDestinationsResponse,
  GetConfigurationSetResponse,
  GetEmailIdentityResponse,
} from '@aws-sdk/client-sesv2'
import { readBrandFiles } from '#local/brand-files.ts'
import type { Answers } from './an-aws-account.ts'

const TOPIC = 'arn:aws:sns:eu-west-1:111122223333:throughline-kaffi-inbound-texts'
export const TOKEN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:token'
const WEBHOOK_KEY = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:webhook'

export function aStack(name: string, StackStatus: string, outputs: Readonly<Record<string, string>> = {}): object {
  const Outputs = Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue }))
  return { Stacks: [{ StackName: name, StackStatus, CreationTime: '2026-11-01T00:00:00Z', Outputs }] }
}

interface Deployed {
  readonly api: string
  readonly token?: string
  readonly stack?: string
}

/** What an account answers in which Kaffi is deployed and nothing is wrong. */
export function aDeployedAccount({ api, token = 'a token', stack = 'throughline-kaffi' }: Deployed): Answers {
  const outputs = {
    ApiUrl: api,
    ConsoleUrl: `${api}/health`,
    ApiTokenArn: TOKEN,
    WebhookKeyArn: WEBHOOK_KEY,
    InboundTextsTopicArn: TOPIC,
  }
  return {
    ...stackAnswers(stack, outputs),
    [`GetSecretValue ${TOKEN}`]: { SecretString: token },
    ...emailAnswers(),
    ...textAnswers(),
    ...quotaAnswers(),
    ...systemAnswers(),
  }
}

function stackAnswers(stack: string, outputs: Readonly<Record<string, string>>): Answers {
  const Arn = 'arn:aws:sts::111122223333:assumed-role/ops/ada'
  return {
    GetCallerIdentity: { Account: '111122223333', Arn, UserId: 'AROA:ada' },
    'DescribeStacks CDKToolkit': aStack('CDKToolkit', 'CREATE_COMPLETE'),
    [`DescribeStacks ${stack}`]: aStack(stack, 'UPDATE_COMPLETE', outputs),
    DescribeStacks: 'ValidationError: Stack with id x does not exist',
    DescribeSecret: { Name: 'a secret' },
  }
}

function emailAnswers(): Answers {
  return {
    'GET /v2/email/account': {
      ProductionAccessEnabled: true,
      SendingEnabled: true,
      EnforcementStatus: 'HEALTHY',
      SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: 0 },
    } satisfies GetAccountResponse,
    'GET /v2/email/identities/hello@kaffi.example': 'NotFoundException',
    'GET /v2/email/identities/kaffi.example': {
      IdentityType: 'DOMAIN',
      VerifiedForSendingStatus: true,
      DkimAttributes: { SigningEnabled: true, Status: 'SUCCESS' },
      MailFromAttributes: {
        MailFromDomain: 'bounce.kaffi.example',
        MailFromDomainStatus: 'SUCCESS',
        BehaviorOnMxFailure: 'USE_DEFAULT_VALUE',
      },
    } satisfies GetEmailIdentityResponse,
    'GET /v2/email/configuration-sets/throughline-kaffi': {
      SuppressionOptions: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
    } satisfies GetConfigurationSetResponse,
    'GET /v2/email/configuration-sets/throughline-kaffi/event-destinations': {
      EventDestinations: [
        {
          Name: 'DefaultBus',
          Enabled: true,
          MatchingEventTypes: ['DELIVERY', 'OPEN', 'BOUNCE', 'COMPLAINT', 'REJECT'],
          EventBridgeDestination: { EventBusArn: 'arn:aws:events:eu-west-1:111122223333:event-bus/default' },
        },
      ],
    } satisfies GetConfigurationSetEventDestinationsResponse,
  }
}

function textAnswers(): Answers {
  const number: Partial<PhoneNumberInformation> = {
    PhoneNumber: '+4570707070',
    Status: 'ACTIVE',
    TwoWayEnabled: true,
    TwoWayChannelArn: TOPIC,
  }
  const name: Partial<SenderIdInformation> = { SenderId: 'Kaffi', IsoCountryCode: 'DK', Registered: true }
  return {
    DescribeAccountAttributes: {
      AccountAttributes: [{ Name: 'ACCOUNT_TIER', Value: 'PRODUCTION' }],
    } satisfies DescribeAccountAttributesResult,
    DescribeSpendLimits: {
      SpendLimits: [
        { Name: 'TEXT_MESSAGE_MONTHLY_SPEND_LIMIT', EnforcedLimit: 3_000, MaxLimit: 5_000, Overridden: true },
      ],
    } satisfies DescribeSpendLimitsResult,
    DescribePhoneNumbers: { PhoneNumbers: [number] },
    DescribeSenderIds: { SenderIds: [name] },
  }
}

function quotaAnswers(): Answers {
  const quota = (Value: number): object => ({ Quota: { Value } })
  return {
    'GetServiceQuota states L-B8A5B662': quota(1_000_000),
    'GetServiceQuota states L-1B55A735': quota(300),
    'GetServiceQuota states L-AD9B4E93': quota(5_000),
    'GetServiceQuota lambda L-B99A9384': quota(1_000),
  }
}

/** Where the API is the account's own server. */
function systemAnswers(): Answers {
  return { 'GET /health': { ok: true }, 'GET /v1/brand/files': { files: readBrandFiles('examples/kaffi') } }
}
