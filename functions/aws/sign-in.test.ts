import { FetchError } from 'aws-jwt-verify/error'
import { SimpleJwksCache } from 'aws-jwt-verify/jwk'
import { describe, expect, it } from 'vitest'
import { aUserPool, CLIENT_ID, USER_POOL_ID } from '#test/builders/a-user-pool.ts'
import { cognitoSignIn } from './sign-in.ts'

describe('cognitoSignIn', () => {
  const pool = aUserPool()

  it('knows whose a token is, and her groups as her roles', async () => {
    expect(await pool.signIn.personOf(pool.accessToken('mia', ['marketer', 'ops']))).toEqual({
      name: 'mia',
      roles: ['marketer', 'ops'],
    })
    expect(await pool.signIn.personOf(pool.accessToken('new'))).toEqual({ name: 'new', roles: [] })
  })

  it.each(Object.entries(pool.forgeries))('knows nobody by a token that is %s', async (_, token) => {
    expect(await pool.signIn.personOf(token)).toBeUndefined()
  })

  it('cannot say while the keys cannot be read, and can when they can again', async () => {
    let isDown = true
    const fetcher = {
      fetch: async (uri: string) => {
        if (isDown) throw new FetchError(uri, 'down')
        return new TextEncoder().encode(JSON.stringify(pool.jwks)).buffer as ArrayBuffer
      },
    }
    const keys = new SimpleJwksCache({ fetcher })
    const { personOf } = cognitoSignIn({ userPoolId: USER_POOL_ID, clientId: CLIENT_ID, keys })
    await expect(personOf(pool.accessToken('mia'))).rejects.toMatchObject({ code: 'sign-in.unavailable' })
    isDown = false
    expect(await personOf(pool.accessToken('mia'))).toMatchObject({ name: 'mia' })
  })
})
