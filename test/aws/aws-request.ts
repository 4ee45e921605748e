import type { IncomingMessage } from 'node:http'

/** A request as a service of AWS gets it. */
export interface AwsRequest {
  /** Who signed it: the access key id, which is the function's name. */
  readonly caller: string
  /** As it is signed for: `dynamodb`, `states`, `ses`, … */
  readonly service: string
  /** As AWS's reference calls it: `PutItem`. */
  readonly action: string
  readonly path: string
  // biome-ignore lint/suspicious/noExplicitAny: JSON, of which each service looks at another place
  readonly body: any
  readonly bytes: number
  readonly headers: IncomingMessage['headers']
}

export interface Units {
  readonly read: number
  readonly write: number
}

/** `hang-up`: nobody knows what became of it. `units` are what DynamoDB bills. */
export type AwsAnswer = { readonly status: number; readonly body: object; readonly units?: Units } | 'hang-up'

export type AwsService = (request: AwsRequest) => Promise<AwsAnswer>

export function answered(body: object): AwsAnswer {
  return { status: 200, body }
}

/** As a service refuses. */
export function refused(type: string, status = 400, more: object = {}): AwsAnswer {
  return { status, body: { __type: type, message: `${type}.`, ...more } }
}

const CREDENTIAL = /Credential=([^/]+)\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/

/** The REST services say in the path what those of JSON say in a header. */
const PATHS: readonly (readonly [path: RegExp, action: string])[] = [
  [/^\/v2\/email\/outbound-emails$/, 'SendEmail'],
  [/^\/v1\/apps\/[^/]+\/messages$/, 'SendMessages'],
]

export async function readRequest(request: IncomingMessage): Promise<AwsRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const text = Buffer.concat(chunks)
  const { headers, url = '' } = request
  const [, caller = '', service = ''] = CREDENTIAL.exec(headers.authorization ?? '') ?? []
  const target = headers['x-amz-target']
  const action = typeof target === 'string' ? target.split('.').at(-1) : PATHS.find(([path]) => path.test(url))?.[1]
  if (action === undefined) throw new Error(`The stage plays nothing at ${request.method} ${url} of ${service}.`)
  return { caller, service, action, path: url, body: JSON.parse(text.toString()), bytes: text.length, headers }
}
