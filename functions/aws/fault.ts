import { Impossible, Misconfigured, Unavailable } from '#shared/errors/errors.ts'

/** What an SDK client throws; it notes `$metadata` on every failure of a request that it tried to send. */
export interface SdkError extends Error {
  readonly $metadata: { readonly httpStatusCode?: number; readonly attempts?: number; readonly requestId?: string }
}

/** Only an operator can change these: rights, credentials, keys, and what the installation consists of. */
const FOR_THE_OPERATOR = new RegExp(
  [
    '^(Kms)?AccessDenied|^KmsInvalidState|^Decryption',
    '^UnrecognizedClient|^InvalidSignature|^ExpiredToken|^MissingAuthenticationToken|^CredentialsProvider',
    // A secret that is to be deleted is an invalid request for Secrets Manager.
    '^ResourceNotFound|^InvalidRequestException|^Invalid(Logging|Tracing|Encryption)Configuration',
  ].join('|'),
)

const BUSY =
  /Throttl|ThroughputExceeded|RequestLimitExceeded|TooManyRequests|TransactionInProgress|InternalFailure|InternalException/

/** True for error names and codes by which a service says "later". */
export function isBusy(name: string): boolean {
  return BUSY.test(name)
}

export function isSdkError(error: unknown): error is SdkError {
  return error instanceof Error && '$metadata' in error
}

/** What the failure of a call to AWS means to the caller; never an address or content in it. */
export function faultOf(error: unknown, service: string): Error {
  const { name, message } = error instanceof Error ? error : { name: typeof error, message: '' }
  const options = { cause: error, details: { service, error: name } }
  if (FOR_THE_OPERATOR.test(name))
    return new Misconfigured(
      'aws.refused',
      `${service} refuses, and only an operator can change it: ${message}`,
      options,
    )
  // A failure without a status is one of the network.
  const status = isSdkError(error) ? (error.$metadata.httpStatusCode ?? 503) : 0
  // A success that cannot be read: asked again, it is one that can.
  if (isBusy(name) || status >= 500 || (status >= 200 && status < 300))
    return new Unavailable('aws.unavailable', `${service} does not answer now (${name}); try again later.`, options)
  return new Impossible('aws.bad-request', `${service} does not take a request of ours (${name}).`, options)
}
