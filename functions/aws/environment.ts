import * as z from 'zod'
import { Misconfigured } from '#shared/errors/errors.ts'

const text = z.string().min(1)

/** What a deployment tells every function about its installation, by the names of the environment variables. */
export const Environment = z.object({
  /** Its name in installations.yaml. */
  INSTALLATION: text,
  /** With which the name of everything in it begins. */
  STACK: text,
  TABLE_NAME: text,
  BUS_NAME: text,
  /** `arn:aws:states:<region>:<account>:stateMachine:<stack>_`: a machine's name follows. */
  MACHINE_ARN_PREFIX: text,
  /** What a machine runs as. */
  MACHINE_ROLE_ARN: text,
  /** Where machines tell of what failed. */
  MACHINE_LOG_GROUP_ARN: text,
  LINK_KEY_ARN: text,
  WEBHOOK_KEY_ARN: text,
  API_TOKEN_ARN: text,
  EMAIL_CONFIGURATION_SET: text,
  /** Absent where no texts are sent. */
  SMS: z.literal('yes').exactOptional(),
  /** The application of End User Messaging Push; absent where nothing is pushed by it. */
  PUSH_APPLICATION_ID: text.exactOptional(),
  /** The secret with the key of a service account of Google's; absent where nothing is pushed by it. */
  GOOGLE_SECRET: text.exactOptional(),
  /** The secret with the VAPID keys, and whom push services may turn to; both absent where browsers are not pushed to. */
  WEB_PUSH_SECRET: text.exactOptional(),
  WEB_PUSH_CONTACT: text.exactOptional(),
  /** Where links in messages point: origin without a trailing slash. */
  PUBLIC_URL: z.url(),
  /** Where people sign in who use the console, and as whose users; both absent without a console. */
  USER_POOL_ID: text.exactOptional(),
  USER_POOL_CLIENT_ID: text.exactOptional(),
})

export type Environment = z.infer<typeof Environment>

/** @throws Misconfigured naming what is missing or wrong. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const parsed = Environment.safeParse(variables)
  if (parsed.success) return parsed.data
  const names = parsed.error.issues.map(({ path }) => path.join('.')).join(', ')
  throw new Misconfigured('aws.environment', `Set in the function's environment: ${names}. A deployment sets them.`)
}
