import { faultOf } from '#functions/aws/fault.ts'
import { Misconfigured, Unavailable } from '#shared/errors/errors.ts'

/** What every client of the SDK is made with. Tests add an endpoint and credentials. */
export interface AwsAccess {
  readonly region?: string
  readonly endpoint?: string
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string }
}

/** Nobody has said who is asking, or no longer is who he was: errors of the SDK's own, and of any service. */
const UNKNOWN_CALLER =
  /^(CredentialsProvider|TokenProvider|ExpiredToken|InvalidClientTokenId|UnrecognizedClient|InvalidSignature|SignatureDoesNotMatch|MissingAuthenticationToken)/

/** Where the rights stand that commands need. */
const RIGHTS = 'docs/how-to/deploy.md#what-the-commands-may'

/** @throws Misconfigured or Unavailable that says what to do, in place of what the SDK throws. */
export async function asked<T>(answer: Promise<T>, service: string): Promise<T> {
  try {
    return await answer
  } catch (error) {
    throw saying(error, service)
  }
}

function saying(error: unknown, service: string): Error {
  const { name, message } = error instanceof Error ? error : { name: '', message: '' }
  const options = { cause: error }
  if (/^Region (is missing|not accepted)/.test(message)) {
    const remedy = 'Say "region" in installations.yaml, or set AWS_REGION.'
    return new Misconfigured('aws.no-region', `No region is named. ${remedy}`, options)
  }
  if (UNKNOWN_CALLER.test(name)) {
    const remedy =
      'Log in with "aws sso login", name a profile with AWS_PROFILE, or set AWS_ACCESS_KEY_ID and its secret.'
    return new Misconfigured('aws.no-credentials', `AWS does not know who is asking (${name}). ${remedy}`, options)
  }
  if (/^AccessDenied/.test(name)) {
    const remedy = `What the commands need is in ${RIGHTS}.`
    return new Misconfigured('aws.not-allowed', `${service} refuses: ${message.replace(/\.$/, '')}. ${remedy}`, options)
  }
  if (isOfTheNetwork(error)) {
    const remedy = 'Check the network, and that this region has the service.'
    return new Unavailable('aws.unreachable', `${service} cannot be reached. ${remedy}`, options)
  }
  return faultOf(error, service)
}

function isOfTheNetwork(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(ENOTFOUND|ECONN|EAI_|ETIMEDOUT)/.test(String(error.code))
}

/** True when a service said that what was asked for is not there. */
export function isAbsent(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined
  return [error, cause].some((one) => one instanceof Error && /NotFound|NoSuchResource/.test(one.name))
}
