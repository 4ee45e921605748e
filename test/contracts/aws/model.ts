import { readdirSync, readFileSync } from 'node:fs'

interface Reference {
  readonly shape: string
}

/** As botocore writes it: what a value on the wire must be. */
export interface Shape {
  readonly type: string
  readonly members?: Readonly<Record<string, Member>>
  readonly required?: readonly string[]
  readonly member?: Reference
  readonly key?: Reference
  readonly value?: Reference
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  readonly enum?: readonly string[]
  /** The member that is the whole body. */
  readonly payload?: string
  readonly error?: { readonly httpStatusCode?: number }
  /** An error of the service's own. */
  readonly fault?: boolean
}

interface Member extends Reference {
  readonly location?: string
  readonly locationName?: string
}

interface Operation {
  readonly http: { readonly method: string; readonly requestUri: string }
  readonly input: Reference
  readonly output?: Reference
  readonly errors: readonly Reference[]
}

export interface ServiceModel {
  readonly metadata: {
    readonly protocol: 'json' | 'rest-json'
    readonly signingName: string
    readonly endpointPrefix?: string
    /** `x-amz-target` is this, a dot, and the operation. */
    readonly targetPrefix?: string
    readonly uid: string
  }
  readonly operations: Readonly<Record<string, Operation>>
  readonly shapes: Readonly<Record<string, Shape>>
}

const FOLDER = new URL('models/', import.meta.url)

const models = new Map<string, ServiceModel>(
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as ServiceModel)
    .map((model) => [model.metadata.signingName, model]),
)

/** @param signingName the service in the scope of a signature. Undefined when none of its operations is recorded. */
export function modelOf(signingName: string): ServiceModel | undefined {
  return models.get(signingName)
}

/** The errors that an operation declares, with the status that each comes with. */
export function errorsOf(
  model: ServiceModel,
  operation: string,
): readonly { readonly name: string; readonly status: number }[] {
  return (model.operations[operation]?.errors ?? []).map(({ shape }) => ({
    name: shape,
    status: model.shapes[shape]?.error?.httpStatusCode ?? (model.shapes[shape]?.fault === true ? 500 : 400),
  }))
}
