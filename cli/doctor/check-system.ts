import { isNoRecord } from './check-email-names.ts'
import type { Examined } from './examined.ts'
import { type Finding, missing, ok, unknown } from './finding.ts'

const CUSTOM_DOMAIN = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-custom-domain-names.html'

/** Whether what the world sees of the deployed system is there. */
export async function checkSystem({ installation, outputs, names }: Examined): Promise<readonly Finding[]> {
  const { ApiUrl, ConsoleUrl, DomainTarget } = outputs
  const domain = installation.domain?.name
  const logs = `The logs of serve-links say why: /aws/lambda/${installation.stack}-serve-links.`
  const findings = await Promise.all([
    ApiUrl === undefined ? [] : checkPage('system.answers', `${ApiUrl.replace(/\/$/, '')}/health`, logs),
    domain === undefined ? [] : checkDomain(names, domain, DomainTarget),
    ConsoleUrl === undefined
      ? []
      : checkPage('system.console', ConsoleUrl, 'CloudFront takes some minutes; then deploy again.'),
  ])
  return findings.flat()
}

async function checkPage(check: string, url: string, remedy: string): Promise<readonly Finding[]> {
  const answer = await fetch(url).catch(() => undefined)
  if (answer?.ok === true) return [ok(check, `${url} answers`)]
  const text = answer === undefined ? `${url} does not answer` : `${url} answers ${answer.status}`
  return [missing(check, text, { remedy })]
}

/** A name that leads nowhere would break every link in every message. */
async function checkDomain(
  names: Examined['names'],
  name: string,
  target = 'what the stack says as DomainTarget',
): Promise<readonly Finding[]> {
  try {
    await names.resolve4(name)
    return [ok('system.domain', `${name} leads somewhere`)]
  } catch (error) {
    if (!isNoRecord(error)) return [unknown('system.domain', `no name server answers for ${name}`)]
    const wayOut = { remedy: `Give it a CNAME or an alias to ${target}.`, see: CUSTOM_DOMAIN }
    return [missing('system.domain', `${name} leads nowhere, and so do the links in messages`, wayOut)]
  }
}
