import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Architecture, type Code, Function as Lambda, Runtime } from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import type { Environment } from '#functions/aws/environment.ts'
import type { Manifest } from '#functions/kit/manifest.ts'
import { handlerOf } from '../bundle.ts'
import type { Settings } from '../config.ts'
import { type Grounds, statementsFor } from '../permissions.ts'

export interface FunctionsProps {
  readonly catalog: readonly Manifest[]
  readonly code: Code
  readonly environment: Environment
  readonly grounds: Grounds
  readonly settings: Settings
}

/** One Lambda for each manifest, with a role that may what the manifest says and nothing else. */
export class Functions extends Construct {
  /** In the catalog's order. */
  readonly all: readonly { readonly manifest: Manifest; readonly lambda: Lambda }[]

  constructor(scope: Construct, id: string, props: FunctionsProps) {
    super(scope, id)
    this.all = props.catalog.map((manifest) => ({ manifest, lambda: this.#make(manifest, props) }))
  }

  #make(manifest: Manifest, { code, environment, grounds, settings }: FunctionsProps): Lambda {
    const { name, does, may, timeoutSeconds, memoryMb } = manifest
    const scope = new Construct(this, name)
    const functionName = environment.FUNCTION_NAME_PREFIX + name
    const logGroup = new LogGroup(scope, 'Log', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: settings.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    const role = new Role(scope, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    )
    for (const statement of statementsFor(may, grounds)) role.addToPolicy(statement)
    return new Lambda(scope, 'Function', {
      functionName,
      description: does,
      code,
      handler: handlerOf(name),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: Duration.seconds(timeoutSeconds),
      memorySize: memoryMb,
      environment: { ...environment, NODE_OPTIONS: '--enable-source-maps' },
      logGroup,
      role,
    })
  }
}
