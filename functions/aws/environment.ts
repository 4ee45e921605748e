import * as z from 'zod'
import { Misconfigured } from '#shared/errors/errors.ts'

const text = z.string().min(1)

/** What a deployment tells every function about its installation, by the names of the environment variables. */
export const Environment = z.object({
  TABLE_NAME: text,
  BUS_NAME: text,
  /** `arn:aws:states:<region>:<account>:stateMachine:<installation>-`: a machine's name follows. */
  MACHINE_ARN_PREFIX: text,
  /** What a machine runs as. */
  MACHINE_ROLE_ARN: text,
  /** `<installation>-`: the name of a function in the catalog follows. */
  FUNCTION_NAME_PREFIX: text,
  LINK_KEY_ARN: text,
  WEBHOOK_KEY_ARN: text,
  API_TOKEN_ARN: text,
  EMAIL_CONFIGURATION_SET: text,
  /** The application of End User Messaging Push; absent where nothing is pushed. */
  PUSH_APPLICATION_ID: text.exactOptional(),
  /** Where links in messages point: origin without a trailing slash. */
  PUBLIC_URL: z.url(),
})

export type Environment = z.infer<typeof Environment>

/** @throws Misconfigured naming what is missing or wrong. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const parsed = Environment.safeParse(variables)
  if (parsed.success) return parsed.data
  const names = parsed.error.issues.map(({ path }) => path.join('.')).join(', ')
  throw new Misconfigured('aws.environment', `Set in the function's environment: ${names}. A deployment sets them.`)
}
