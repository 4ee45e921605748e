import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { afterAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { AwsService } from '#test/builders/an-aws-service.ts'
import { jsonSecret } from './json-secret.ts'

const service = await new AwsService().listen()
afterAll(() => service.close())

const aSecret = () =>
  jsonSecret({
    client: new SecretsManagerClient(service.config),
    secret: 'kaffi/google',
    schema: z.object({ key: z.string() }),
    remedy: 'Put the key into it.',
  })

describe('jsonSecret', () => {
  it('reads it when it is first asked for, and once', async () => {
    service.plays(() => ({ SecretString: '{ "key": "abc" }' }))
    const read = aSecret()
    expect(service.calls).toEqual([])
    expect([await read(), await read()]).toEqual([{ key: 'abc' }, { key: 'abc' }])
    expect(service.calls.map(({ body }) => body.SecretId)).toEqual(['kaffi/google'])
  })

  it.each(['the-key-itself', '{ "token": "the-key-itself" }'])(
    'of %s says what to put there, not what is',
    async (SecretString) => {
      service.plays(() => ({ SecretString }))
      const wrong = aSecret()()
      await expect(wrong).rejects.toMatchObject({ name: 'Misconfigured', code: 'aws.bad-secret' })
      await expect(wrong).rejects.toThrow('The secret kaffi/google is not what it should be. Put the key into it.')
      await expect(wrong).rejects.not.toThrow('the-key-itself')
    },
  )

  it('takes the mended one when it is asked again', async () => {
    service.plays(() => ({ SecretString: 'broken' }))
    const read = aSecret()
    await expect(read()).rejects.toThrow()
    service.plays(() => ({ SecretString: '{ "key": "abc" }' }))
    expect(await read()).toEqual({ key: 'abc' })
  })
})
