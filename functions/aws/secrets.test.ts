import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { afterAll, describe, expect, it } from 'vitest'
import { AwsRefusal } from '#test/builders/an-aws-server.ts'
import { AwsService } from '#test/builders/an-aws-service.ts'
import { managedSecrets } from './secrets.ts'

const KEY = 'k'.repeat(64)
const service = await new AwsService().listen()
afterAll(() => service.close())

function secrets() {
  const arns = { linkKeyArn: 'link', webhookKeyArn: 'webhook', apiTokenArn: 'token' }
  return managedSecrets({ client: new SecretsManagerClient(service.config), ...arns })
}

describe('managedSecrets', () => {
  it('reads each secret once', async () => {
    service.plays(({ body }) => ({ SecretString: body.SecretId === 'link' ? KEY : 't'.repeat(64) }))
    const { linkKey, apiToken } = secrets()
    const keys = await Promise.all([linkKey(), linkKey()])
    expect(keys.map((key) => key.export().toString())).toEqual([KEY, KEY])
    expect(await apiToken()).toBe('t'.repeat(64))
    await linkKey()
    expect(service.calls.map(({ body }) => body.SecretId)).toEqual(['link', 'token'])
  })

  it('signs webhooks with a key that receivers read from the same text as Base64', async () => {
    service.plays(() => ({ SecretString: KEY }))
    const key = await secrets().webhookKey()
    expect(key.export().toString('base64')).toBe(KEY)
    expect(service.calls.at(-1)?.body.SecretId).toBe('webhook')
  })

  it('asks again after a failure', async () => {
    const { linkKey } = secrets()
    service.plays(() => new AwsRefusal('InternalServiceError', {}, 500))
    await expect(linkKey()).rejects.toMatchObject({ name: 'Unavailable' })
    service.plays(() => ({ SecretString: KEY }))
    expect((await linkKey()).symmetricKeySize).toBe(64)
  })

  it('refuses a key that is too short to sign with', async () => {
    service.plays(() => ({ SecretString: 'short' }))
    await expect(secrets().linkKey()).rejects.toMatchObject({ name: 'Misconfigured', code: 'aws.short-secret' })
  })
})
