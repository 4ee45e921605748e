import type { promises as dns } from 'node:dns'
import type { Installation } from '#infra/installations.ts'
import type { Brand } from '#shared/brand/brand.ts'
import type { AwsAccess } from '../aws/asking.ts'
import type { Outputs } from '../aws/deployed-stack.ts'
import type { Finding } from './finding.ts'

/** Whom checks look at, and with what. */
export interface Examined {
  readonly installation: Installation
  /** Of the folder that the installation publishes; undefined while it cannot be read. */
  readonly brand: Brand | undefined
  /** Of the stack; none while it is not deployed. */
  readonly outputs: Outputs
  readonly access: AwsAccess
  readonly names: dns.Resolver
}

/** Looks at one area by APIs that change nothing. What it throws becomes a finding, too. */
export type Check = (examined: Examined) => Promise<readonly Finding[]>
