import { CfnCustomResource } from 'aws-cdk-lib'
import type { Code } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'
import { ON_DELETE } from '../bundle.ts'
import type { Installation } from '../installations.ts'
import { MADE_LATER } from '../permissions.ts'
import { makeLambda } from './lambda.ts'
import type { Machines } from './machines.ts'

/** The most that Lambda gives; CloudFormation waits no longer either, whatever becomes of the function. */
const TIMEOUT_SECONDS = 900

interface CleanUpProps {
  readonly installation: Installation
  readonly code: Code
  readonly machines: Machines
}

/** Deletes with the stack what the stack has not made itself: the machines of published journeys. */
export class CleanUp extends Construct {
  constructor(scope: Construct, id: string, { installation, code, machines }: CleanUpProps) {
    super(scope, id)
    const lambda = makeLambda(this, {
      installation,
      code,
      name: 'clean-up',
      does: 'Deletes the machines of published journeys when the stack is deleted.',
      handler: ON_DELETE,
      rights: [
        { actions: ['states:ListStateMachines'], resources: ['*'], because: 'All machines are listed, or none.' },
        {
          actions: ['states:DeleteStateMachine', 'states:ListExecutions'],
          resources: [machines.all],
          because: MADE_LATER,
        },
        { actions: ['states:StopExecution'], resources: [machines.runs], because: MADE_LATER },
      ],
      timeoutSeconds: TIMEOUT_SECONDS,
      memoryMb: 512,
    })
    const hook = new CfnCustomResource(this, 'Machines', {
      serviceToken: lambda.functionArn,
      serviceTimeout: TIMEOUT_SECONDS,
    })
    hook.addPropertyOverride('ArnPrefix', machines.arnPrefix)
    // Until it is done its function keeps its rights and its log.
    hook.node.addDependency(this.node.findChild('Function'), this.node.findChild('Role'), this.node.findChild('Log'))
  }
}
