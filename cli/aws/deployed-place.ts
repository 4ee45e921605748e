import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { findInstallation, type Installation } from '#infra/installations.ts'
import type { Place } from '../place.ts'
import { type AwsAccess, asked } from './asking.ts'
import { outputsFor } from './deployed-stack.ts'

/** Where a deployed system answers, by what its stack and its secret say. */
export async function deployedPlace(name: string): Promise<Place> {
  const installation = findInstallation(name)
  return placeOf(installation, accessTo(installation))
}

/** The region of installations.yaml; who is asking is found as all tools of AWS find it. */
export function accessTo({ region }: Pick<Installation, 'region'>): AwsAccess {
  return region === undefined ? {} : { region }
}

export async function placeOf(installation: Installation, access: AwsAccess): Promise<Place> {
  const { ApiUrl, ApiTokenArn } = await outputsFor(installation, ['ApiUrl', 'ApiTokenArn'], access)
  const secrets = new SecretsManagerClient(access)
  const secret = secrets.send(new GetSecretValueCommand({ SecretId: ApiTokenArn }))
  const { SecretString = '' } = await asked(secret, 'Secrets Manager')
  const doctor = `"throughline doctor ${installation.name}" looks for what is wrong.`
  return {
    url: ApiUrl.replace(/\/$/, ''),
    token: SecretString,
    remedies: {
      silent: doctor,
      foreign: doctor,
      locked: 'Functions read the secret once: after a change of it, deploy again, or wait until they start anew.',
    },
  }
}
