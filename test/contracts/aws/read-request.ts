import { problemsOf } from './check-shape.ts'
import { modelOf, type ServiceModel } from './model.ts'
import { brokenRules } from './rules.ts'
import { type CredentialsOf, readSignature, type SignedRequest } from './signature.ts'

/** A request as its service gets it. */
export interface AwsCall {
  readonly operation: string
  /** The input as the service's model has it. */
  // biome-ignore lint/suspicious/noExplicitAny: JSON, of which each test looks at another place
  readonly body: any
}

export interface Reading {
  /** The access key id that it is signed with. */
  readonly caller: string
  /** By its signing name: `dynamodb`, `states`, `ses`, … */
  readonly service: string
  readonly call: AwsCall
  /** Undefined for services that none are recorded of. */
  readonly model: ServiceModel | undefined
  /** What the service would refuse, or we should not have asked. */
  readonly problems: readonly string[]
}

/** Reads a request as its service does: by its signature, by the service's model, and by what its documentation says. */
export function readRequest(request: SignedRequest, credentialsOf: CredentialsOf): Reading {
  const { caller, service, problem } = readSignature(request, credentialsOf, Date.now())
  const model = modelOf(service)
  const call = callOf(request, model)
  const unsigned = problem === undefined ? [] : [`${call.operation}: ${problem}`]
  return {
    caller,
    service,
    call,
    model,
    problems: [...unsigned, ...(model === undefined ? [] : problemsIn(model, call))],
  }
}

function problemsIn(model: ServiceModel, { operation, body }: AwsCall): readonly string[] {
  const described = model.operations[operation]
  if (described === undefined) return [`${operation} of ${model.metadata.uid} is none that is recorded`]
  const wrong = problemsOf({ model, whole: true }, described.input.shape, body, operation)
  return wrong.length > 0 ? wrong : brokenRules(operation, body).map((problem) => `${operation}: ${problem}`)
}

/** The JSON services name their operation in a header; the others by method and path. */
function callOf({ method, path, headers, body }: SignedRequest, model: ServiceModel | undefined): AwsCall {
  const content: unknown = JSON.parse(body.toString() || '{}')
  const target = headers['x-amz-target']
  if (typeof target === 'string') return { operation: target.split('.').at(-1) ?? '', body: content }
  for (const [operation, { http, input }] of Object.entries(model?.operations ?? {})) {
    const labels = http.method === method ? labelsIn(http.requestUri, path) : undefined
    if (labels !== undefined) return { operation, body: inputOf(model, input.shape, { labels, content }) }
  }
  return { operation: `${method} ${path}`, body: content }
}

/** The values of `{labels}` in a path; undefined when it is another path. */
function labelsIn(template: string, path: string): Readonly<Record<string, string>> | undefined {
  const pattern = template.replace(/\{([\w-]+)\}/g, (_, name: string) => `(?<${name.replaceAll('-', '_')}>[^/]+)`)
  const match = new RegExp(`^${pattern}$`).exec(path)
  return match === null ? undefined : { ...match.groups }
}

function inputOf(
  model: ServiceModel | undefined,
  shapeName: string,
  { labels, content }: { readonly labels: Readonly<Record<string, string>>; readonly content: unknown },
): unknown {
  const { members = {}, payload } = model?.shapes[shapeName] ?? {}
  const fromPath = Object.entries(members).flatMap(([name, { location, locationName = name }]) =>
    location === 'uri' ? [[name, decodeURIComponent(labels[locationName.replaceAll('-', '_')] ?? '')]] : [],
  )
  const fromBody = payload === undefined ? content : { [payload]: content }
  return { ...Object.fromEntries(fromPath), ...(fromBody as object) }
}
