import { CognitoJwtVerifier } from 'aws-jwt-verify'
import { FetchError, JwtBaseError } from 'aws-jwt-verify/error'
import { type JwksCache, SimpleJwksCache } from 'aws-jwt-verify/jwk'
import * as z from 'zod'
import { Unavailable } from '#shared/errors/errors.ts'
import type { SignIn } from '#shared/world/sign-in.ts'

/** What we need of a token that is valid; one that never ends is none. */
const Claims = z.object({
  username: z.string().min(1),
  exp: z.number(),
  'cognito:groups': z.array(z.string()).default([]),
})

export interface CognitoOptions {
  readonly userPoolId: string
  readonly clientId: string
  /** Where the pool's keys come from; from Cognito, unless told otherwise. */
  readonly keys?: JwksCache
}

/**
 * Amazon Cognito. Takes the access tokens of one client of one pool, signed with the pool's keys, which are fetched
 * once and again when a token names one that is not known. Roles are the groups of the pool.
 */
export function cognitoSignIn({ userPoolId, clientId, keys = new SimpleJwksCache() }: CognitoOptions): SignIn {
  const verifier = CognitoJwtVerifier.create({ userPoolId, clientId, tokenUse: 'access' }, { jwksCache: keys })
  return {
    personOf: async (token) => {
      try {
        const claims = Claims.safeParse(await verifier.verify(token))
        return claims.data && { name: claims.data.username, roles: claims.data['cognito:groups'] }
      } catch (error) {
        if (error instanceof FetchError)
          throw new Unavailable('sign-in.unavailable', 'Cognito does not answer now; try again later.', {
            cause: error,
          })
        if (error instanceof JwtBaseError) return undefined
        throw error
      }
    },
  }
}
