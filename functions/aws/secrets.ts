import { createSecretKey } from 'node:crypto'
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { Misconfigured } from '#shared/errors/errors.ts'
import type { Secrets } from '#shared/world/world.ts'
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
  const apiToken = once(() => readKey(client, apiTokenArn))
  const linkKey = once(async () => createSecretKey(await readKey(client, linkKeyArn), 'utf8'))
  const webhookKey = once(async () => createSecretKey(await readKey(client, webhookKeyArn), 'base64'))
  return { linkKey, webhookKey, apiToken }
}

async function readKey(client: SecretsManagerClient, arn: string): Promise<string> {
  const key = await readSecret(client, arn)
  if (key.length >= SHORTEST) return key
  throw new Misconfigured('aws.short-secret', `Put at least ${SHORTEST} random characters into ${arn}.`)
}

/** The same promise for all who ask; one that fails is forgotten. */
export function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined
  return () => {
    reading ??= read().catch((error) => {
      reading = undefined
      throw error
    })
    return reading
  }
}
