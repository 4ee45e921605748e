import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { Misconfigured } from '#shared/errors/errors.ts'
import type { Secrets } from '#shared/world/world.ts'
import { faultOf } from './fault.ts'

/** Shorter keys weaken HMAC-SHA-256 (RFC 2104, section 3). */
const SHORTEST_KEY = 32

/** Read once and kept: a new key counts for functions that start after it was set. */
export function managedSecrets(options: {
  readonly client: SecretsManagerClient
  readonly secretArn: string
}): Secrets {
  let reading: Promise<Uint8Array> | undefined
  return {
    linkKey() {
      reading ??= readKey(options).catch((error) => {
        reading = undefined
        throw error
      })
      return reading
    },
  }
}

async function readKey({ client, secretArn }: Parameters<typeof managedSecrets>[0]): Promise<Uint8Array> {
  const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretArn })).catch((error) => {
    throw faultOf(error, 'Secrets Manager')
  })
  const key = new TextEncoder().encode(SecretString)
  if (key.length >= SHORTEST_KEY) return key
  throw new Misconfigured(
    'aws.short-key',
    `Put at least ${SHORTEST_KEY} random characters into the secret of the link key.`,
  )
}
