import type { World } from '#shared/world/world.ts'
import type { Environment } from '../environment.ts'
import { cognitoSignIn } from '../sign-in.ts'

export function openSignIn({
  USER_POOL_ID: userPoolId,
  USER_POOL_CLIENT_ID: clientId,
}: Environment): Pick<World, 'signIn'> {
  return userPoolId === undefined || clientId === undefined ? {} : { signIn: cognitoSignIn({ userPoolId, clientId }) }
}
