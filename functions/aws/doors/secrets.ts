import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import type { Environment } from '../environment.ts'
import type { Outside } from '../outside.ts'
import { managedSecrets } from '../secrets.ts'
import { patient } from './clients.ts'

export const openSecrets = (environment: Environment, outside: Outside) => ({
  secrets: managedSecrets({
    client: new SecretsManagerClient(patient(outside)),
    linkKeyArn: environment.LINK_KEY_ARN,
    webhookKeyArn: environment.WEBHOOK_KEY_ARN,
    apiTokenArn: environment.API_TOKEN_ARN,
  }),
})
