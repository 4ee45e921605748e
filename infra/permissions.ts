import { PolicyStatement, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam'
import type { Permission } from '#functions/kit/manifest.ts'

/** The ARNs of what permissions are about. */
export interface Grounds {
  readonly table: string
  readonly index: string
  readonly bus: string
  /** Every journey's machine: `<installation>-*`. */
  readonly machines: string
  readonly machineRole: string
  readonly emailIdentities: readonly string[]
  readonly emailConfigurationSet: string
  /** The numbers, pools and sender names of the account. */
  readonly smsOrigins: readonly string[]
  /** Absent where nothing is pushed. */
  readonly pushMessages: string | undefined
  readonly linkKey: string
  readonly webhookKey: string
}

/** The least that each permission of a manifest needs. */
const STATEMENTS: Readonly<Record<Permission, (grounds: Grounds) => readonly PolicyStatementProps[]>> = {
  'table:read': ({ table, index }) => [
    { actions: dynamodb('GetItem', 'BatchGetItem', 'Query', 'Scan'), resources: [table] },
    { actions: dynamodb('Query'), resources: [index] },
  ],
  'table:write': ({ table }) => [
    { actions: dynamodb('PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'), resources: [table] },
  ],
  'bus:publish': ({ bus }) => [{ actions: ['events:PutEvents'], resources: [bus] }],
  'machines:publish': ({ machines, machineRole }) => [
    {
      actions: states(
        'DescribeStateMachine',
        'CreateStateMachine',
        'UpdateStateMachine',
        'PublishStateMachineVersion',
        'TagResource',
      ),
      resources: [machines],
    },
    {
      actions: ['iam:PassRole'],
      resources: [machineRole],
      conditions: { StringEquals: { 'iam:PassedToService': 'states.amazonaws.com' } },
    },
  ],
  'machines:start': ({ machines }) => [{ actions: states('StartExecution'), resources: [machines] }],
  'machines:resume': ({ machines }) => [
    { actions: states('SendTaskSuccess', 'SendTaskFailure'), resources: [machines] },
  ],
  'send:email': ({ emailIdentities, emailConfigurationSet }) => [
    { actions: ['ses:SendEmail'], resources: [...emailIdentities, emailConfigurationSet] },
  ],
  'send:sms': ({ smsOrigins }) => [{ actions: ['sms-voice:SendTextMessage'], resources: [...smsOrigins] }],
  'send:push': ({ pushMessages }) =>
    pushMessages === undefined ? [] : [{ actions: ['mobiletargeting:SendMessages'], resources: [pushMessages] }],
  'secrets:link-key': ({ linkKey }) => [{ actions: ['secretsmanager:GetSecretValue'], resources: [linkKey] }],
  'secrets:webhook-key': ({ webhookKey }) => [{ actions: ['secretsmanager:GetSecretValue'], resources: [webhookKey] }],
}

export function statementsFor(permissions: readonly Permission[], grounds: Grounds): readonly PolicyStatement[] {
  return permissions.flatMap((permission) => STATEMENTS[permission](grounds).map((props) => new PolicyStatement(props)))
}

function dynamodb(...actions: readonly string[]): string[] {
  return actions.map((action) => `dynamodb:${action}`)
}

function states(...actions: readonly string[]): string[] {
  return actions.map((action) => `states:${action}`)
}
