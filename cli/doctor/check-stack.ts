import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import type { Installation } from '#infra/installations.ts'
import { type AwsAccess, asked } from '../aws/asking.ts'
import { describeStack, type Outputs, outputsOf } from '../aws/deployed-stack.ts'
import { type Finding, missing, ok, warning } from './finding.ts'

const BOOTSTRAPPING = 'https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping.html'
const CREDENTIALS = 'https://docs.aws.amazon.com/cdk/v2/guide/configure-access.html'

/** Whose account answers. @throws Misconfigured where AWS does not know who is asking, or no region is named. */
export async function checkAccount({ account }: Installation, access: AwsAccess): Promise<Finding> {
  const client = new STSClient(access)
  const region = await asked(client.config.region(), 'STS')
  const { Account = '', Arn = '' } = await asked(client.send(new GetCallerIdentityCommand({})), 'STS')
  if (account === undefined || account === Account)
    return ok('account.credentials', `account ${Account}, ${region}, as ${nameOf(Arn)}`)
  return missing(
    'account.credentials',
    `these credentials are of account ${Account}, installations.yaml says ${account}`,
    {
      remedy: 'Use a profile of that account, with AWS_PROFILE.',
      see: CREDENTIALS,
    },
  )
}

function nameOf(arn: string): string {
  return arn.split(':').slice(5).join(':')
}

export interface StackFindings {
  readonly findings: readonly Finding[]
  readonly outputs: Outputs
}

export async function checkStack({ stack }: Installation, access: AwsAccess): Promise<StackFindings> {
  const [toolkit, deployed] = await Promise.all([describeStack('CDKToolkit', access), describeStack(stack, access)])
  const bootstrap =
    toolkit === undefined && deployed === undefined
      ? missing('stack.bootstrap', 'CDK is not bootstrapped here', {
          remedy: 'Run "npx cdk bootstrap" once for the account and region.',
          see: BOOTSTRAPPING,
        })
      : ok('stack.bootstrap', 'CDK is bootstrapped')
  if (deployed === undefined)
    return {
      findings: [
        bootstrap,
        missing('stack.status', `there is no stack ${stack}`, { remedy: `Run "npx cdk deploy ${stack}".` }),
      ],
      outputs: {},
    }
  const status = statusOf(stack, deployed.StackStatus ?? 'UNKNOWN')
  return { findings: [bootstrap, status], outputs: outputsOf(deployed) }
}

function statusOf(stack: string, status: string): Finding {
  const text = `${stack} is ${status}`
  if (/^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status)) return ok('stack.status', text)
  // A change set was made, and nobody said yes to it.
  if (status === 'REVIEW_IN_PROGRESS')
    return missing('stack.status', `${text}: it was never deployed`, { remedy: `Run "npx cdk deploy ${stack}".` })
  if (status.endsWith('_IN_PROGRESS'))
    return warning('stack.status', text, { remedy: 'Wait until it is done, and ask again.' })
  if (status === 'UPDATE_ROLLBACK_COMPLETE')
    return warning('stack.status', `${text}: the last deployment failed, the one before is live`, {
      remedy: `The stack's events say why it failed; deploy again with "npx cdk deploy ${stack}".`,
    })
  return missing('stack.status', text, { remedy: wayOutOf(stack, status) })
}

function wayOutOf(stack: string, status: string): string {
  if (status === 'UPDATE_ROLLBACK_FAILED')
    return `The stack's events say what failed; mend it, and run "npx cdk rollback ${stack}".`
  if (status === 'DELETE_FAILED')
    return `The stack's events say what could not be deleted; mend it, and run "npx cdk destroy ${stack}" again.`
  return `Its first deployment failed, and the stack's events say why. "npx cdk destroy ${stack}", then deploy again.`
}
