import {
  DescribeAccountAttributesCommand,
  DescribeSpendLimitsCommand,
  type PhoneNumberInformation,
  PinpointSMSVoiceV2Client,
  paginateDescribePhoneNumbers,
  paginateDescribeSenderIds,
} from '@aws-sdk/client-pinpoint-sms-voice-v2'
import { asked } from '../aws/asking.ts'
import type { Examined } from './examined.ts'
import { type Finding, missing, ok, warning } from './finding.ts'
import { number } from './volume.ts'

const GUIDE = 'https://docs.aws.amazon.com/sms-voice/latest/userguide'
const SERVICE = 'End User Messaging SMS'

/** Whether End User Messaging sends what brand.yaml's sender texts, to anybody, and tells us what is answered. */
export async function checkTexts(examined: Examined): Promise<readonly Finding[]> {
  const { installation, access, brand } = examined
  if (!installation.sms) return [ok('texts.off', 'no texts are sent: installations.yaml says "sms: no"')]
  const client = new PinpointSMSVoiceV2Client(access)
  const [{ AccountAttributes = [] }, { SpendLimits = [] }, sender] = await Promise.all([
    asked(client.send(new DescribeAccountAttributesCommand({})), SERVICE),
    asked(client.send(new DescribeSpendLimitsCommand({})), SERVICE),
    checkSender(client, brand?.senders.sms?.from, examined),
  ])
  const tier = AccountAttributes.find(({ Name }) => Name === 'ACCOUNT_TIER')?.Value
  const production =
    tier === 'SANDBOX'
      ? missing('texts.production', `${SERVICE} is in its sandbox: it sends to verified numbers only`, {
          remedy: 'Ask for production access.',
          see: `${GUIDE}/sandbox.html`,
        })
      : ok('texts.production', `${SERVICE} sends to anybody`)
  const limit = SpendLimits.find(({ Name }) => Name === 'TEXT_MESSAGE_MONTHLY_SPEND_LIMIT')?.EnforcedLimit
  return [production, ...spendFinding(limit, installation.expect.texts), ...sender]
}

const DAYS = 30
/** US dollars: hardly any country's text costs less than the one, few cost more than the other. */
const CHEAPEST = 0.005
const USUAL = 0.1

function spendFinding(limit: number | undefined, textsADay: number | undefined): readonly Finding[] {
  if (limit === undefined) return []
  const text = `$${number(limit)} a month may be spent on texts`
  if (textsADay === undefined) return [ok('texts.spending', text)]
  const month = textsADay * DAYS
  const each = limit / month
  const forEach = `${text}: $${each.toPrecision(2)} for each of ${number(month)} expected`
  const wayOut = { remedy: 'Ask for a higher monthly spending limit.', see: `${GUIDE}/awssupport-spend-threshold.html` }
  if (each < CHEAPEST) return [missing('texts.spending', forEach, wayOut)]
  return [each < USUAL ? warning('texts.spending', forEach, wayOut) : ok('texts.spending', forEach)]
}

async function checkSender(
  client: PinpointSMSVoiceV2Client,
  from: string | undefined,
  examined: Examined,
): Promise<readonly Finding[]> {
  if (from === undefined)
    return [
      missing('texts.sender', 'brand.yaml has no sender of texts', {
        remedy: 'Write "sms: { from: … }" under its senders, or "sms: no" in installations.yaml.',
      }),
    ]
  return /^\+?\d+$/.test(from)
    ? checkNumber(client, from, examined.outputs.InboundTextsTopicArn)
    : checkName(client, from)
}

async function checkNumber(
  client: PinpointSMSVoiceV2Client,
  from: string,
  topic: string | undefined,
): Promise<readonly Finding[]> {
  const found: PhoneNumberInformation[] = []
  const pages = paginateDescribePhoneNumbers({ client }, {})
  await asked(
    collect(pages, ({ PhoneNumbers = [] }) => found.push(...PhoneNumbers)),
    SERVICE,
  )
  const one = found.find(({ PhoneNumber }) => PhoneNumber === from)
  if (one?.Status !== 'ACTIVE')
    return [
      missing('texts.sender', `${from} is ${one === undefined ? 'no number of this account and region' : one.Status}`, {
        remedy: 'Request it, with the registration its country asks for; or write another into brand.yaml.',
        see: `${GUIDE}/registrations.html`,
      }),
    ]
  const isHeard = one.TwoWayEnabled === true && one.TwoWayChannelArn === topic
  return [
    ok('texts.sender', `${from} is active`),
    isHeard
      ? ok('texts.answers', `answers to ${from} come in`)
      : warning('texts.answers', `answers to ${from} do not come in`, {
          remedy: `Make it two-way, with the topic ${topic ?? 'that the stack says as InboundTextsTopicArn'}.`,
          see: `${GUIDE}/two-way-sms.html`,
        }),
  ]
}

async function checkName(client: PinpointSMSVoiceV2Client, from: string): Promise<readonly Finding[]> {
  const countries: string[] = []
  const pages = paginateDescribeSenderIds({ client }, {})
  await asked(
    collect(pages, ({ SenderIds = [] }) => {
      for (const one of SenderIds) if (one.SenderId === from) countries.push(one.IsoCountryCode ?? '')
    }),
    SERVICE,
  )
  if (countries.length > 0) return [ok('texts.sender', `${from} may be the sender in ${countries.sort().join(', ')}`)]
  return [
    warning('texts.sender', `${from} is no sender name of this account and region`, {
      remedy: 'Request it for each country; some want it registered, some, like the US, take numbers only.',
      see: `${GUIDE}/sender-id.html`,
    }),
  ]
}

async function collect<Page>(pages: AsyncIterable<Page>, take: (page: Page) => void): Promise<void> {
  for await (const page of pages) take(page)
}
