import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Architecture, type Code, Function as Lambda, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import type { Construct } from 'constructs'
import { acknowledge } from '../acknowledge.ts'
import { grant, type Right } from '../grant.ts'
import type { Installation } from '../installations.ts'

export interface LambdaProps {
  readonly installation: Installation
  /** The installation's comes before it. */
  readonly name: string
  readonly does: string
  readonly code: Code
  readonly handler: string
  readonly rights: readonly Right[]
  readonly timeoutSeconds: number
  readonly memoryMb: number
  readonly environment?: Readonly<Record<string, string>>
}

/** A function with a log that it may write, and a role that may what is said and nothing else. */
export function makeLambda(
  scope: Construct,
  { installation, name, rights, environment, ...props }: LambdaProps,
): Lambda {
  const { stack, logs, tracing } = installation
  const logGroup = new LogGroup(scope, 'Log', {
    logGroupName: `/aws/lambda/${stack}-${name}`,
    retention: logs,
    removalPolicy: RemovalPolicy.DESTROY,
  })
  const role = new Role(scope, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })
  grant(role, { actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], resources: [logGroup.logGroupArn] })
  for (const right of rights) grant(role, right)
  if (tracing) acknowledge(role, 'IAM5[Resource::*]', 'Traces of X-Ray are no resources of IAM.')
  return new Lambda(scope, 'Function', {
    functionName: `${stack}-${name}`,
    description: props.does,
    code: props.code,
    handler: props.handler,
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    timeout: Duration.seconds(props.timeoutSeconds),
    memorySize: props.memoryMb,
    environment: { ...environment, NODE_OPTIONS: '--enable-source-maps' },
    tracing: tracing ? Tracing.ACTIVE : Tracing.DISABLED,
    logGroup,
    role,
  })
}
