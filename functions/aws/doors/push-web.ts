import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import type { PushProviders } from '#shared/channels/push/by-device.ts'
import { VapidKeys, webPushProvider } from '#shared/channels/push/web-push.ts'
import { jsonSecret } from '../json-secret.ts'
import type { Outside } from '../outside.ts'
import { patient } from './clients.ts'

/** @param keys the secret that they are in */
export function openWeb(
  { keys: secret, contact }: { readonly keys: string; readonly contact: string },
  outside: Outside,
): PushProviders {
  const remedy = 'Put into it what "npx web-push generate-vapid-keys --json" prints.'
  const client = new SecretsManagerClient(patient(outside))
  return {
    web: webPushProvider({
      http: outside.http,
      contact,
      keys: jsonSecret({ client, secret, schema: VapidKeys, remedy }),
    }),
  }
}
