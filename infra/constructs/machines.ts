import { ArnFormat, Stack } from 'aws-cdk-lib'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'

/** What the machines of journeys run as, and where they are. The machines themselves are made when journeys are published. */
export class Machines extends Construct {
  readonly role: Role
  /** A machine's name follows. */
  readonly arnPrefix: string

  constructor(scope: Construct, id: string, { installation }: { readonly installation: string }) {
    super(scope, id)
    const stack = Stack.of(this)
    const resourceName = `${installation}-`
    this.arnPrefix = stack.formatArn({
      service: 'states',
      resource: 'stateMachine',
      resourceName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    })
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('states.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': stack.account },
          ArnLike: { 'aws:SourceArn': `${this.arnPrefix}*` },
        },
      }),
    })
  }

  /** Lets the machines call a function. */
  allow(task: IFunction): void {
    this.role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [task.functionArn] }))
  }
}
