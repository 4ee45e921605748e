import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { faultOf } from './fault.ts'

/** The text of a secret in AWS Secrets Manager, by name or ARN. @throws Misconfigured, Unavailable */
export async function readSecret(client: SecretsManagerClient, SecretId: string): Promise<string> {
  const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId })).catch((error) => {
    throw faultOf(error, 'Secrets Manager')
  })
  return SecretString
}
