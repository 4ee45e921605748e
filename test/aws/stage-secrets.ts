import { generateKeyPairSync } from 'node:crypto'
import webPush from 'web-push'
import { ENVIRONMENT } from './installation.ts'

/** What an operator put into the secrets that he made himself, by their names. */
const WRITTEN: Readonly<Record<string, () => object>> = {
  [ENVIRONMENT.GOOGLE_SECRET]: () => ({
    project_id: 'kaffi',
    client_email: 'push@kaffi.example',
    private_key: generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export({
      type: 'pkcs8',
      format: 'pem',
    }),
    token_uri: 'https://google.example/token',
  }),
  [ENVIRONMENT.WEB_PUSH_SECRET]: () => webPush.generateVAPIDKeys(),
}

/** What is in a secret; those that a deployment draws are as long as there. */
export function secretOf(secretId: string): string {
  const written = WRITTEN[secretId]
  return written === undefined ? secretId.replace(/[^A-Za-z0-9]/g, '').slice(-64) : JSON.stringify(written())
}
