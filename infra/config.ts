import { RetentionDays } from 'aws-cdk-lib/aws-logs'
import type { Node } from 'constructs'
import * as z from 'zod'
import { Misconfigured } from '#shared/errors/errors.ts'

const DAYS = Object.values(RetentionDays).filter((days) => typeof days === 'number')

/** What an installation is told in cdk.json, or by `cdk deploy -c brand=acme`, where everything is text. */
export const Settings = z.object({
  /** Part of the name of everything; one account may hold several installations. */
  brand: z.string().regex(/^[a-z][a-z0-9-]{0,19}$/, 'has at most 20 lower-case letters, digits and hyphens'),
  /** The address of brand.yaml's email sender; its domain is a verified identity of SES. */
  fromAddress: z.email('is an email address'),
  /** Where links in messages point, once it leads to the API; absent for the API's own address. */
  domain: z.hostname('is a host name').optional(),
  logRetentionDays: z.coerce
    .number()
    .refine((days): days is RetentionDays => DAYS.includes(days), `is one of ${DAYS.join(', ')}`),
  /** Whether the table and the keys outlive the stack. */
  retain: z.union([z.boolean(), z.stringbool()], 'is true or false'),
  /** The application of End User Messaging Push; absent where nothing is pushed. */
  pushApplicationId: z.string().min(1).optional(),
})

export type Settings = z.infer<typeof Settings>

/** @throws Misconfigured naming each setting that is wrong, and why. */
export function readSettings(node: Node): Settings {
  const given = Object.fromEntries(Object.keys(Settings.shape).map((name) => [name, node.tryGetContext(name)]))
  const parsed = Settings.safeParse(given)
  if (parsed.success) return parsed.data
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('; ')
  throw new Misconfigured('infra.settings', `Correct the context in cdk.json, or give it with -c name=value: ${wrong}.`)
}
