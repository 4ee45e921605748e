import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { type AwsAccess, asked, isAbsent } from '../aws/asking.ts'
import type { Examined } from './examined.ts'
import { type Finding, missing, ok } from './finding.ts'

const SEE = 'https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_restore-secret.html'

/** Whether the secrets that the stack made are still there. */
export async function checkSecrets({ outputs, access }: Examined): Promise<readonly Finding[]> {
  const kept = [
    ['secrets.api-token', outputs.ApiTokenArn, 'the token of the API'],
    ['secrets.webhook-key', outputs.WebhookKeyArn, 'the key that signs webhooks'],
  ] as const
  const findings = kept.map(([check, id, what]) => (id === undefined ? [] : checkSecret(check, id, what, access)))
  return (await Promise.all(findings)).flat()
}

/** Looks whether a secret is there, and never at what it holds. */
export async function checkSecret(
  check: string,
  id: string,
  what: string,
  access: AwsAccess,
): Promise<readonly Finding[]> {
  try {
    const client = new SecretsManagerClient(access)
    const { DeletedDate } = await asked(client.send(new DescribeSecretCommand({ SecretId: id })), 'Secrets Manager')
    if (DeletedDate === undefined) return [ok(check, `${what} is kept`)]
    return [missing(check, `${what} is about to be deleted`, { remedy: `Restore the secret ${id}.`, see: SEE })]
  } catch (error) {
    if (!isAbsent(error)) throw error
    return [
      missing(check, `there is no secret with ${what}`, { remedy: `Put it into a secret named ${id}.`, see: SEE }),
    ]
  }
}
