import {
  GetAWSDefaultServiceQuotaCommand,
  GetServiceQuotaCommand,
  type ServiceQuota,
  ServiceQuotasClient,
} from '@aws-sdk/client-service-quotas'
import { asked, isAbsent } from '../aws/asking.ts'
import type { Examined } from './examined.ts'
import { type Finding, ok } from './finding.ts'
import { compare, number } from './volume.ts'

/** What Service Quotas knows them by. */
const QUOTAS = {
  openExecutions: ['states', 'L-B8A5B662'],
  startsASecond: ['states', 'L-1B55A735'],
  transitionsASecond: ['states', 'L-AD9B4E93'],
  concurrency: ['lambda', 'L-B99A9384'],
} as const

type Quota = keyof typeof QUOTAS

/** A new account may run 10 functions at once: fewer than one installation has. */
const FEWEST_AT_ONCE = 70

/** The busiest second against the mean, and how long a touchpoint keeps functions busy, its journeys included. */
const BUSIEST = 20
const BUSY_S = 0.5
const DAY_S = 86_400

const MINUTE_S = 60

/** What the account may have of Step Functions and Lambda, against what is expected of it. */
export async function checkQuotas({ installation, access }: Examined): Promise<readonly Finding[]> {
  const client = new ServiceQuotasClient(access)
  const quotaOf = async (quota: Quota): Promise<number> => (await describeQuota(client, quota))?.Value ?? 0
  // One after the other: five a second are all that Service Quotas answers.
  const open = await quotaOf('openExecutions')
  const starts = await quotaOf('startsASecond')
  const transitions = await quotaOf('transitionsASecond')
  const concurrency = await quotaOf('concurrency')
  const { openEnrolments, touchpoints = 0 } = installation.expect
  return [
    compare('quotas.enrolments', `${number(open)} customers may be in journeys at once`, {
      has: open,
      needs: openEnrolments,
      unit: '',
      ...wayOut(
        'Open executions',
        'states',
        'https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html',
      ),
    }),
    ok('quotas.speed', speedText(starts, transitions, openEnrolments)),
    compare('quotas.concurrency', `${number(concurrency)} functions may run at once`, {
      has: concurrency,
      needs: Math.max(FEWEST_AT_ONCE, (touchpoints / DAY_S) * BUSIEST * BUSY_S),
      unit: 'at a busy time',
      ...wayOut(
        'Concurrent executions',
        'lambda',
        'https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html',
      ),
    }),
  ]
}

/** An account's own quota, or everybody's where it never had another. */
async function describeQuota(client: ServiceQuotasClient, quota: Quota): Promise<ServiceQuota | undefined> {
  const [ServiceCode, QuotaCode] = QUOTAS[quota]
  const asks = { ServiceCode, QuotaCode }
  try {
    return (await asked(client.send(new GetServiceQuotaCommand(asks)), 'Service Quotas')).Quota
  } catch (error) {
    if (!isAbsent(error)) throw error
    return (await asked(client.send(new GetAWSDefaultServiceQuotaCommand(asks)), 'Service Quotas')).Quota
  }
}

function wayOut(name: string, service: string, see: string) {
  return { remedy: `Ask Service Quotas for more of "${name}" of ${service}.`, see }
}

function speedText(starts: number, transitions: number, enrolments: number | undefined): string {
  const text = `${number(starts)} runs begin a second at the most, ${number(transitions)} steps of machines`
  if (enrolments === undefined || starts === 0) return text
  return `${text}; all ${number(enrolments)} expected would be in after ${number(Math.ceil(enrolments / starts / MINUTE_S))} minutes`
}
