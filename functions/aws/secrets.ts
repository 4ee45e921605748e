import { createSecretKey } from 'node:crypto'
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { Misconfigured } from '#shared/errors/errors.ts'
import type { Secrets } from '#shared/world/world.ts'
import { faultOf } from './fault.ts'

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
  const apiToken = once(() => readSecret(client, apiTokenArn))
  const linkKey = once(async () => createSecretKey(await readSecret(client, linkKeyArn), 'utf8'))
  const webhookKey = once(async () => createSecretKey(await readSecret(client, webhookKeyArn), 'base64'))
  return { linkKey, webhookKey, apiToken }
}

async function readSecret(client: SecretsManagerClient, SecretId: string): Promise<string> {
  const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId })).catch((error) => {
    throw faultOf(error, 'Secrets Manager')
  })
  if (SecretString.length >= SHORTEST) return SecretString
  throw new Misconfigured('aws.short-secret', `Put at least ${SHORTEST} random characters into ${SecretId}.`)
}

/** The same promise for all who ask; one that fails is forgotten. */
function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined
  return () => {
    reading ??= read().catch((error) => {
      reading = undefined
      throw error
    })
    return reading
  }
}
