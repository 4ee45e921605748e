import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import type * as z from 'zod'
import { Misconfigured } from '#shared/errors/errors.ts'
import { readOnce } from './read-once.ts'
import { readSecret } from './read-secret.ts'

/** A secret that an operator wrote, as JSON, read when it is first asked for. What is in it is never told. */
export function jsonSecret<S extends z.ZodType>({
  client,
  secret,
  schema,
  remedy,
}: {
  readonly client: SecretsManagerClient
  /** Its name or ARN. */
  readonly secret: string
  readonly schema: S
  /** What to put into it. */
  readonly remedy: string
}): () => Promise<z.output<S>> {
  return readOnce(async () => {
    const parsed = schema.safeParse(parse(await readSecret(client, secret)))
    if (parsed.success) return parsed.data
    throw new Misconfigured('aws.bad-secret', `The secret ${secret} is not what it should be. ${remedy}`)
  })
}

/** Undefined when it is no JSON: the error would quote the secret. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
