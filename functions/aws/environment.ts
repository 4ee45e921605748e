import * as z from 'zod'
import { Misconfigured } from '#shared/errors/errors.ts'

const text = z.string().min(1)

/** What infrastructure tells every function about the installation, by the names of the environment variables. */
export const Environment = z.object({
  TABLE_NAME: text,
  BUS_NAME: text,
  /** `arn:aws:states:<region>:<account>:stateMachine:<installation>-`: a machine's name follows. */
  MACHINE_ARN_PREFIX: text.regex(/^arn:[\w-]+:states:[\w-]+:\d+:stateMachine:[\w-]+-$/),
  /** What a machine runs as. */
  MACHINE_ROLE_ARN: text,
  /** The name of a function in the catalog follows. */
  FUNCTION_NAME_PREFIX: text,
  LINK_KEY_SECRET_ARN: text,
  EMAIL_CONFIGURATION_SET: text,
  /** Absent where nothing is pushed. */
  PUSH_APPLICATION_ID: text.optional(),
  PUBLIC_URL: z.url(),
})

export type Environment = z.infer<typeof Environment>

/** @throws Misconfigured naming the variables that are missing or wrong. */
export function readEnvironment(variables: NodeJS.ProcessEnv): Environment {
  const parsed = Environment.safeParse(variables)
  if (parsed.success) return parsed.data
  const names = parsed.error.issues.map(({ path }) => path.join('.'))
  throw new Misconfigured(
    'aws.environment',
    `Set the environment ${names.length === 1 ? 'variable' : 'variables'} ${names.join(', ')}; a deployment does it.`,
  )
}
