import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import type { PushProviders } from '#shared/channels/push/by-device.ts'
import { googleProvider } from '#shared/channels/push/google.ts'
import { ServiceAccount } from '#shared/channels/push/google-access.ts'
import { jsonSecret } from '../json-secret.ts'
import type { Outside } from '../outside.ts'
import { patient } from './clients.ts'

export function openGoogle(secret: string, outside: Outside): PushProviders {
  const remedy = 'Put the JSON key of a service account of the Firebase project into it.'
  const client = new SecretsManagerClient(patient(outside))
  return {
    google: googleProvider({ ...outside, account: jsonSecret({ client, secret, schema: ServiceAccount, remedy }) }),
  }
}
