import * as z from 'zod'
import { number, readAs, text } from '#shared/documents/fields.ts'
import { DAY, parseDuration } from '#shared/time/duration.ts'
import { hasBudgets, hasEmail } from './regions.ts'

/** What CloudWatch Logs can be told, in days. */
export const LOG_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const

type LogDays = (typeof LOG_DAYS)[number]

export const InstallationName = z
  .string()
  .regex(
    /^(?=.{1,20}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'An installation is named in at most 20 lower-case letters, digits and hyphens, as in "kaffi-test".',
  )

const YES_NO = new Map([
  ['yes', true],
  ['no', false],
])

const yesNo = readAs('"yes" or "no"', (written) => YES_NO.get(written), /^(yes|no)$/)

const email = z.email('An email address is written as in "hello@kaffi.example".')

const days = readAs(`one of CloudWatch's: ${LOG_DAYS.join(', ')} days`, (written): LogDays | undefined => {
  const asked = (parseDuration(written) ?? 0) / DAY
  return LOG_DAYS.find((known) => known === asked)
})

const dollars = number.refine((value) => value > 0, 'A budget is more than 0 US dollars a month.')

const RATE = /^([1-9]\d{0,11}) (?:per|a) (day|week|month)$/
const DAYS_IN: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30 }

/** How many a day. */
const rate = readAs(
  'a count, as in "2000000 per month" or "300000 per day"',
  (written) => {
    const [, count, unit = ''] = RATE.exec(written) ?? []
    return count === undefined ? undefined : Number(count) / (DAYS_IN[unit] ?? 1)
  },
  RATE,
)

const count = readAs('a count, as in 100000', (written) =>
  /^[1-9]\d{0,11}$/.test(written) ? Number(written) : undefined,
)

const Domain = z.strictObject({
  name: z.hostname('A domain is a host name, as in "links.kaffi.example".'),
  /** In the installation's own region. */
  certificate: z
    .string()
    .regex(
      /^arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/[a-f0-9-]+$/,
      'A certificate is an ARN, as in "arn:aws:acm:eu-west-1:111122223333:certificate/…".',
    ),
})

const secretName = z
  .string()
  .regex(/^[A-Za-z0-9/_+=.@-]{1,512}$/, 'The name of a secret in Secrets Manager, as in "kaffi/google".')

const Push = z.strictObject({
  /** The application of End User Messaging Push. */
  application: z
    .string()
    .regex(/^[a-f0-9]{32}$/, 'An application of End User Messaging Push has 32 of 0-9 and a-f.')
    .optional(),
  /** The secret with the JSON key of a service account of Google's. */
  google: secretName.optional(),
  web: z
    .strictObject({
      /** Whom a browser's push service may turn to. */
      contact: z.string().regex(/^(mailto:|https:\/\/)\S+$/, 'A contact begins with "mailto:" or "https://".'),
      /** The secret with the VAPID keys, `publicKey` and `privateKey`, as JSON. */
      keys: secretName,
    })
    .optional(),
})

/** What is said about an installation; each field's words in the file are those here, `sign-in` is `signIn`. */
export const Settings = z
  .strictObject({
    /** The folder that `throughline deploy-brand` publishes, seen from the file. */
    brand: text,
    /** Absent, both are those of the credentials. */
    region: z
      .string()
      .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'A region is written as in "eu-west-1".')
      .optional(),
    account: z
      .string()
      .regex(/^\d{12}$/, 'An account is 12 digits, as in "111122223333".')
      .optional(),
    /** The address of brand.yaml's email sender; its domain is a verified identity of SES. */
    from: email,
    /** Where links in messages point, instead of the API's own address. */
    domain: Domain.optional(),
    /** Whether what holds data outlives the stack. */
    retain: yesNo.default(true),
    /** How many days logs are kept. */
    logs: days.default(30),
    /** `own`: a customer-managed key encrypts what holds data. */
    key: z.enum(['aws', 'own']).default('aws'),
    sms: yesNo.default(false),
    whatsapp: yesNo.default(false),
    push: Push.optional(),
    console: yesNo.default(false),
    'sign-in': z
      .strictObject({
        /** Of Cognito's own domain; nobody else in the region may have it. */
        prefix: z
          .string()
          .regex(
            /^(?!.*(aws|amazon|cognito))[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
            'A prefix has lower-case letters, digits and hyphens, and neither "aws", "amazon" nor "cognito" in it.',
          ),
      })
      .optional(),
    /** Who is told of alarms. */
    alarms: email.optional(),
    /** US dollars a month; whoever gets alarms is told when it is nearly spent. */
    budget: dollars.optional(),
    tracing: yesNo.default(false),
    /** What quotas are compared with; a rate is read as how many a day. */
    expect: z
      .strictObject({
        touchpoints: rate.optional(),
        emails: rate.optional(),
        texts: rate.optional(),
        'open enrolments': count.optional(),
      })
      .default({}),
  })
  .superRefine((settings, context) => {
    for (const [key, message, fix] of contradictions(settings))
      context.addIssue({ code: 'custom', path: [key], message, params: { fix } })
  })
  .transform(({ 'sign-in': signIn, expect: { 'open enrolments': openEnrolments, ...rates }, ...rest }) => ({
    ...rest,
    signIn,
    expect: { ...rates, openEnrolments },
  }))

export type Settings = z.output<typeof Settings>

interface Together {
  readonly console: boolean
  readonly 'sign-in'?: unknown
  readonly budget?: unknown
  readonly alarms?: unknown
  readonly key: 'aws' | 'own'
  readonly region?: string | undefined
  readonly domain?: { readonly certificate: string } | undefined
}

/** What each alone may be, and not both together: of which key, what, and the way out. */
function* contradictions(settings: Together): Generator<readonly [key: string, message: string, fix: string]> {
  const { console, budget, alarms, region, domain, key } = settings
  const signsIn = settings['sign-in'] !== undefined
  if (console && !signsIn) yield ['console', 'Nobody could sign in.', 'Add "sign-in: { prefix: … }".']
  if (!console && signsIn) yield ['sign-in', 'There is no console to sign in to.', 'Add "console: yes".']
  if (budget !== undefined && alarms === undefined)
    yield ['budget', 'Nobody would be told when it is spent.', 'Add "alarms: <an email address>".']
  if (key === 'own' && region === undefined)
    yield ['key', 'A table with a key of its own has to know its region.', 'Add "region: …".']
  if (region !== undefined && !hasEmail(region)) yield ['region', 'SES is not there.', 'Choose one that has it.']
  if (region !== undefined && budget !== undefined && !hasBudgets(region))
    yield ['budget', 'CloudFormation makes none in this region.', 'Leave it out, and make one in the console of AWS.']
  if (region !== undefined && domain !== undefined && domain.certificate.split(':')[3] !== region)
    yield ['domain', 'The certificate is of another region.', `Make one in ${region}.`]
}
