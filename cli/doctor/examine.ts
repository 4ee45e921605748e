import { promises as dns } from 'node:dns'
import type { Installation } from '#infra/installations.ts'
import type { Brand } from '#shared/brand/brand.ts'
import { messageOf } from '#shared/errors/errors.ts'
import type { AwsAccess } from '../aws/asking.ts'
import { checkBrand } from './check-brand.ts'
import { checkEmail } from './check-email.ts'
import { checkPush } from './check-push.ts'
import { checkQuotas } from './check-quotas.ts'
import { checkSecrets } from './check-secrets.ts'
import { checkAccount, checkStack } from './check-stack.ts'
import { checkSystem } from './check-system.ts'
import { checkTexts } from './check-texts.ts'
import type { Check, Examined } from './examined.ts'
import { type Finding, missing, unknown } from './finding.ts'

/** By the first word of what they find. */
const CHECKS: Readonly<Record<string, Check>> = {
  email: checkEmail,
  texts: checkTexts,
  push: checkPush,
  quotas: checkQuotas,
  secrets: checkSecrets,
  system: checkSystem,
  brand: checkBrand,
}

interface Asked {
  readonly installation: Installation
  readonly access: AwsAccess
  readonly brand: Brand | undefined
  /** Absent, those of this machine. */
  readonly names?: dns.Resolver
}

/** Looks at everything that an installation needs, and changes nothing. What cannot be found out is a finding, too. */
export async function examine({
  names = new dns.Resolver({ timeout: 3_000, tries: 2 }),
  ...asked
}: Asked): Promise<readonly Finding[]> {
  const { installation, access } = asked
  const account = await checkAccount(installation, access).catch((error: unknown) =>
    missing('account.credentials', messageOf(error), {
      see: 'https://docs.aws.amazon.com/cdk/v2/guide/configure-access.html',
    }),
  )
  if (account.state !== 'ok') return [account]
  const { findings, outputs } = await checkStack(installation, access).catch((error: unknown) => ({
    findings: [unknown('stack.status', messageOf(error))],
    outputs: {},
  }))
  const examined: Examined = { ...asked, names, outputs }
  const others = Object.entries(CHECKS).map(([area, check]) =>
    check(examined).catch((error: unknown) => [unknown(`${area}.asking`, messageOf(error))]),
  )
  return [account, ...findings, ...(await Promise.all(others)).flat()]
}
