import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib'
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { grant } from '../grant.ts'
import type { Installation } from '../installations.ts'

/** docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html, "IAM policies for logging"; none can be for one log only. */
const LOG_DELIVERY = [
  'CreateLogDelivery',
  'GetLogDelivery',
  'UpdateLogDelivery',
  'DeleteLogDelivery',
  'ListLogDeliveries',
  'PutResourcePolicy',
  'DescribeResourcePolicies',
  'DescribeLogGroups',
].map((action) => `logs:${action}`)

/** What the machines of journeys run as, log to, and are called. They are made when journeys are published. */
export class Machines extends Construct {
  readonly role: Role
  /** Of what failed, without what anybody was sent. */
  readonly log: LogGroup
  /** A machine's name follows. An underscore ends it, so that `kaffi` is no beginning of `kaffi-test`. */
  readonly arnPrefix: string

  constructor(scope: Construct, id: string, { stack, logs }: Pick<Installation, 'stack' | 'logs'>) {
    super(scope, id)
    this.arnPrefix = Stack.of(this).formatArn({
      service: 'states',
      resource: 'stateMachine',
      resourceName: `${stack}_`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    })
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account },
          ArnLike: { 'aws:SourceArn': this.all },
        },
      }),
    })
    this.log = new LogGroup(this, 'Log', {
      logGroupName: `/aws/vendedlogs/states/${stack}`,
      retention: logs,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    grant(this.role, { actions: LOG_DELIVERY, resources: ['*'], because: 'Log deliveries are no resources of IAM.' })
  }

  /** The ARNs of every journey's machine. */
  get all(): string {
    return `${this.arnPrefix}*`
  }

  /** The ARNs of every run of theirs. */
  get runs(): string {
    return this.all.replace(':stateMachine:', ':execution:')
  }

  /** Lets the machines call a function. */
  allow(task: IFunction): void {
    grant(this.role, { actions: ['lambda:InvokeFunction'], resources: [task.functionArn] })
  }
}
