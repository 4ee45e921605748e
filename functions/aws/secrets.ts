import { createSecretKey } from 'node:crypto'
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { Misconfigured } from '#shared/errors/errors.ts'
import type { Secrets } from '#shared/world/world.ts'
import { readOnce } from './read-once.ts'
import { readSecret } from './read-secret.ts'

/** A shorter key weakens HMAC-SHA-256 (RFC 2104, section 3). */
const SHORTEST = 32

export interface ManagedSecretsOptions {
  readonly client: SecretsManagerClient
  readonly linkKeyArn: string
  readonly webhookKeyArn: string
  readonly apiTokenArn: string
}

/** AWS Secrets Manager. Each is read once and kept: a new one counts for functions that start after it was set. */
export function managedSecrets({ client, linkKeyArn, webhookKeyArn, apiTokenArn }: ManagedSecretsOptions): Secrets {
  const apiToken = readOnce(() => readKey(client, apiTokenArn))
  const linkKey = readOnce(async () => createSecretKey(await readKey(client, linkKeyArn), 'utf8'))
  const webhookKey = readOnce(async () => createSecretKey(await readKey(client, webhookKeyArn), 'base64'))
  return { linkKey, webhookKey, apiToken }
}

async function readKey(client: SecretsManagerClient, arn: string): Promise<string> {
  const key = await readSecret(client, arn)
  if (key.length >= SHORTEST) return key
  throw new Misconfigured('aws.short-secret', `Put at least ${SHORTEST} random characters into ${arn}.`)
}
