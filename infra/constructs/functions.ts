import type { Code, Function as Lambda } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import type { Environment } from '#functions/aws/environment.ts'
import type { Manifest } from '#functions/kit/manifest.ts'
import { handlerOf } from '../bundle.ts'
import type { Installation } from '../installations.ts'
import { type Grounds, rightsFor } from '../permissions.ts'
import { makeLambda } from './lambda.ts'

export interface FunctionsProps {
  readonly catalog: readonly Manifest[]
  readonly code: Code
  readonly environment: Environment
  readonly grounds: Grounds
  readonly installation: Installation
}

/** One Lambda for each manifest, with a role that may what the manifest says and nothing else. */
export class Functions extends Construct {
  /** In the catalog's order. */
  readonly all: readonly { readonly manifest: Manifest; readonly lambda: Lambda }[]

  constructor(scope: Construct, id: string, { catalog, grounds, ...props }: FunctionsProps) {
    super(scope, id)
    this.all = catalog.map((manifest) => {
      const { name, may } = manifest
      const rights = rightsFor(may, grounds)
      const own = new Construct(this, name)
      return { manifest, lambda: makeLambda(own, { ...props, ...manifest, handler: handlerOf(name), rights }) }
    })
  }
}
