import type { promises as dns } from 'node:dns'
import { domainOf } from '#shared/channels/email/address.ts'
import type { Examined } from './examined.ts'
import { type Finding, missing, ok, unknown } from './finding.ts'

const SPF_PAGE = 'https://docs.aws.amazon.com/ses/latest/dg/mail-from.html'
const DMARC_PAGE = 'https://docs.aws.amazon.com/ses/latest/dg/send-email-authentication-dmarc.html'

/** What the names of the sender say to the mailboxes that get its emails. */
export async function checkEmailNames(
  { installation, names }: Pick<Examined, 'installation' | 'names'>,
  mailFrom: string | undefined,
): Promise<readonly Finding[]> {
  const asks = [
    // Without a domain of their own, bounces go to amazonses.com, whose records are Amazon's.
    ...(mailFrom === undefined ? [] : [{ check: 'email.spf', answer: checkSpf(names, mailFrom) }]),
    { check: 'email.dmarc', answer: checkDmarc(names, domainOf(installation.from)) },
  ]
  return Promise.all(asks.map(({ check, answer }) => answer.catch(() => unknown(check, UNHEARD, UNHEARD_REMEDY))))
}

const UNHEARD = 'no name server answers'
const UNHEARD_REMEDY = { remedy: 'Ask again from a network with DNS.' }

async function checkSpf(names: dns.Resolver, domain: string): Promise<Finding> {
  const records = (await textsOf(names, domain)).filter((text) => /^v=spf1( |$)/i.test(text))
  const wayOut = { remedy: `Let ${domain} have one TXT record "v=spf1 include:amazonses.com ~all".`, see: SPF_PAGE }
  if (records.length > 1)
    return missing('email.spf', `${domain} has ${records.length} SPF records, so none counts`, wayOut)
  if (records.some((text) => /\binclude:amazonses\.com\b/i.test(text)))
    return ok('email.spf', `SPF of ${domain} lets SES send`)
  return missing('email.spf', `SPF of ${domain} does not let SES send`, wayOut)
}

/** The policy of the domain, or of the nearest above it. */
async function checkDmarc(names: dns.Resolver, domain: string): Promise<Finding> {
  for (const name of withParents(domain)) {
    const record = (await textsOf(names, `_dmarc.${name}`)).find((text) => /^v=DMARC1\b/i.test(text))
    const policy = record === undefined ? undefined : /;\s*p\s*=\s*(\w+)/i.exec(record)?.[1]
    if (policy !== undefined) return ok('email.dmarc', `DMARC of ${name} says ${policy}`)
  }
  return missing('email.dmarc', `${domain} has no DMARC policy: the large mailboxes refuse bulk mail without one`, {
    remedy: `Let _dmarc.${domain} have a TXT record, at first "v=DMARC1; p=none; rua=mailto:<who reads reports>".`,
    see: DMARC_PAGE,
  })
}

/** A name and those above it, without the last label. */
function withParents(domain: string): readonly string[] {
  const labels = domain.split('.')
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'))
}

async function textsOf(names: dns.Resolver, name: string): Promise<readonly string[]> {
  try {
    return (await names.resolveTxt(name)).map((parts) => parts.join(''))
  } catch (error) {
    if (isNoRecord(error)) return []
    throw error
  }
}

/** There is no such name, or it has nothing of this kind. */
export function isNoRecord(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOTFOUND' || error.code === 'ENODATA')
}
