import {
  GetAccountCommand,
  type GetAccountResponse,
  GetConfigurationSetCommand,
  GetConfigurationSetEventDestinationsCommand,
  GetEmailIdentityCommand,
  type GetEmailIdentityResponse,
  SESv2Client,
} from '@aws-sdk/client-sesv2'
import { domainOf } from '#shared/channels/email/address.ts'
import { asked, isAbsent } from '../aws/asking.ts'
import { checkEmailNames } from './check-email-names.ts'
import type { Examined } from './examined.ts'
import { type Finding, missing, ok, warning } from './finding.ts'
import { compare, number } from './volume.ts'

const SES = 'https://docs.aws.amazon.com/ses/latest/dg'

/** Whether SES sends what brand.yaml's sender writes, to anybody, and tells us what becomes of it. */
export async function checkEmail(examined: Examined): Promise<readonly Finding[]> {
  const { installation, access, outputs } = examined
  const client = new SESv2Client(access)
  const [account, identity, set] = await Promise.all([
    asked(client.send(new GetAccountCommand({})), 'SES'),
    identityOf(client, installation.from),
    // The set is a part of the stack.
    Object.keys(outputs).length === 0 ? [] : checkConfigurationSet(client, installation.stack),
  ])
  const names = await checkEmailNames(examined, identity?.MailFromAttributes?.MailFromDomain)
  return [
    ...accountFindings(account, installation.expect.emails),
    ...identityFindings(installation.from, identity),
    ...names,
    ...set,
  ]
}

function accountFindings(account: GetAccountResponse, expected: number | undefined): readonly Finding[] {
  const { ProductionAccessEnabled, SendingEnabled, EnforcementStatus = 'HEALTHY', SendQuota = {} } = account
  const { Max24HourSend = 0, MaxSendRate = 0 } = SendQuota
  const production = ProductionAccessEnabled
    ? ok('email.production', 'SES sends to anybody')
    : missing('email.production', 'SES is in its sandbox: it sends to verified addresses only', {
        remedy: 'Ask for production access; it takes AWS about a day.',
        see: `${SES}/request-production-access.html`,
      })
  const isTrusted = SendingEnabled === true && EnforcementStatus === 'HEALTHY'
  const standing = isTrusted
    ? ok('email.standing', 'the account is in good standing')
    : missing(
        'email.standing',
        `SES ${SendingEnabled ? `has the account in ${EnforcementStatus}` : 'has paused sending'}`,
        {
          remedy: 'The account dashboard of SES says why; bounces and complaints are the usual reasons.',
          see: `${SES}/reputationdashboard-messages.html`,
        },
      )
  // -1 is what SES says for no limit.
  const quota = Max24HourSend < 0 ? Number.POSITIVE_INFINITY : Max24HourSend
  const volume = compare('email.quota', `SES takes ${number(quota)} emails a day, ${number(MaxSendRate)} a second`, {
    has: quota,
    needs: expected,
    unit: 'a day',
    remedy: 'Ask for a higher sending quota.',
    see: `${SES}/manage-sending-quotas-request-increase.html`,
  })
  return [production, standing, volume]
}

/** The address itself before its domain, as SES chooses. */
async function identityOf(client: SESv2Client, address: string): Promise<GetEmailIdentityResponse | undefined> {
  const identities = await Promise.all([address, domainOf(address)].map((name) => identityNamed(client, name)))
  const found = identities.filter((identity) => identity !== undefined)
  return found.find(({ VerifiedForSendingStatus }) => VerifiedForSendingStatus) ?? found[0]
}

async function identityNamed(client: SESv2Client, name: string): Promise<GetEmailIdentityResponse | undefined> {
  try {
    return await asked(client.send(new GetEmailIdentityCommand({ EmailIdentity: name })), 'SES')
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw error
  }
}

function identityFindings(from: string, identity: GetEmailIdentityResponse | undefined): readonly Finding[] {
  const domain = domainOf(from)
  if (identity?.VerifiedForSendingStatus !== true) {
    const is = identity === undefined ? 'is no identity of SES in this region' : 'is not verified'
    const remedy =
      identity === undefined
        ? `Create the identity ${domain} in SES, and put its records into the domain's DNS.`
        : "Put the records that SES shows for it into the domain's DNS; SES looks for them for 72 hours."
    return [missing('email.identity', `${domain} ${is}`, { remedy, see: `${SES}/creating-identities.html` })]
  }
  const { DkimAttributes, MailFromAttributes } = identity
  const dkim =
    DkimAttributes?.SigningEnabled === true && DkimAttributes.Status === 'SUCCESS'
      ? ok('email.dkim', 'emails are signed with DKIM')
      : missing('email.dkim', `DKIM is ${DkimAttributes?.Status ?? 'off'}: mailboxes distrust what is not signed`, {
          remedy: "Turn Easy DKIM on, and put its three CNAME records into the domain's DNS.",
          see: `${SES}/send-email-authentication-dkim-easy.html`,
        })
  const bounces =
    MailFromAttributes?.MailFromDomainStatus === 'SUCCESS'
      ? ok('email.mail-from', `bounces go to ${MailFromAttributes.MailFromDomain}`)
      : warning('email.mail-from', 'bounces go to amazonses.com, so that SPF is not aligned with the sender', {
          remedy: `Give the identity a MAIL FROM domain, as in bounce.${domain}.`,
          see: `${SES}/mail-from.html`,
        })
  return [ok('email.identity', `${from} may send`), dkim, bounces]
}

const NEEDED = ['DELIVERY', 'BOUNCE', 'COMPLAINT'] as const

async function checkConfigurationSet(client: SESv2Client, name: string): Promise<readonly Finding[]> {
  const asks = { ConfigurationSetName: name }
  const [set, { EventDestinations = [] }] = await Promise.all([
    asked(client.send(new GetConfigurationSetCommand(asks)), 'SES'),
    asked(client.send(new GetConfigurationSetEventDestinationsCommand(asks)), 'SES'),
  ])
  const told = EventDestinations.filter((one) => one.Enabled && one.EventBridgeDestination !== undefined).flatMap(
    ({ MatchingEventTypes = [] }) => MatchingEventTypes,
  )
  const reasons = set.SuppressionOptions?.SuppressedReasons ?? []
  const remedy = `Somebody changed ${name}; "npx cdk deploy ${name}" does not see that: put it back in SES.`
  return [
    NEEDED.every((type) => told.includes(type))
      ? ok('email.events', 'SES tells what becomes of each email')
      : missing('email.events', 'SES does not tell us of deliveries, bounces and complaints', {
          remedy,
          see: `${SES}/event-publishing-add-event-destination-eventbridge.html`,
        }),
    reasons.length === 2
      ? ok('email.suppression', 'addresses that bounce or complain are suppressed by SES, too')
      : warning('email.suppression', 'SES does not suppress addresses that bounce or complain', {
          remedy,
          see: `${SES}/sending-email-suppression-list.html`,
        }),
  ]
}
