import type { Permission } from '#functions/kit/manifest.ts'
import { DEAD_LETTERS } from '#shared/recording/doors/dead-letters.ts'
import type { Right } from './grant.ts'

/** Why a right is for all machines of an installation. */
export const MADE_LATER =
  'The machines of journeys are made when these are published: only how their names begin is known.'

/** The ARNs of what permissions are about. */
export interface Grounds {
  readonly table: string
  readonly index: string
  readonly bus: string
  /** Every journey's machine: `<stack>_*`. */
  readonly machines: string
  readonly machineRole: string
  readonly emailIdentities: readonly string[]
  readonly emailConfigurationSet: string
  /** The numbers and sender names of the account; none where no texts are sent. */
  readonly smsOrigins: readonly string[]
  /** Absent where nothing is pushed by End User Messaging. */
  readonly pushMessages: string | undefined
  /** What the other ways to push need to know. */
  readonly pushSecrets: readonly string[]
  readonly linkKey: string
  readonly webhookKey: string
  readonly apiToken: string
}

const BY_TOKEN =
  'AWS knows no resource for it: whoever has the token of a task, which cannot be guessed, may end that task.'
const NAMED_BY_BRAND = 'AWS gives numbers their ids; which of them are sent from, brand.yaml says.'
const SUFFIXED = 'Secrets Manager adds six characters to the name of a secret.'

/** The least that each permission of a manifest needs. */
const RIGHTS: Readonly<Record<Permission, (grounds: Grounds) => readonly Right[]>> = {
  'table:read': ({ table }) => [{ actions: dynamodb('GetItem', 'BatchGetItem', 'Query'), resources: [table] }],
  'table:index': ({ index }) => [{ actions: dynamodb('Query'), resources: [index] }],
  'table:write': ({ table }) => [
    { actions: dynamodb('PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'), resources: [table] },
  ],
  'table:dead-letters': ({ table }) => [
    {
      actions: dynamodb('PutItem'),
      resources: [table],
      conditions: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [DEAD_LETTERS] } },
    },
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
      because: MADE_LATER,
    },
    {
      actions: ['iam:PassRole'],
      resources: [machineRole],
      conditions: { StringEquals: { 'iam:PassedToService': 'states.amazonaws.com' } },
    },
  ],
  'machines:start': ({ machines }) => on([machines], 'states:StartExecution', MADE_LATER),
  'machines:resume': () => [
    { actions: states('SendTaskSuccess', 'SendTaskFailure'), resources: ['*'], because: BY_TOKEN },
  ],
  'send:email': ({ emailIdentities, emailConfigurationSet }) => [
    { actions: ['ses:SendEmail'], resources: [...emailIdentities, emailConfigurationSet] },
  ],
  'send:sms': ({ smsOrigins }) => on(smsOrigins, 'sms-voice:SendTextMessage', NAMED_BY_BRAND),
  'send:push': ({ pushMessages, pushSecrets }) => [
    ...on(pushMessages === undefined ? [] : [pushMessages], 'mobiletargeting:SendMessages'),
    ...on(pushSecrets, 'secretsmanager:GetSecretValue', SUFFIXED),
  ],
  'secrets:link-key': ({ linkKey }) => [{ actions: ['secretsmanager:GetSecretValue'], resources: [linkKey] }],
  'secrets:webhook-key': ({ webhookKey }) => [{ actions: ['secretsmanager:GetSecretValue'], resources: [webhookKey] }],
  'sign-in:read': () => [],
  'secrets:api-token': ({ apiToken }) => [{ actions: ['secretsmanager:GetSecretValue'], resources: [apiToken] }],
}

export function rightsFor(permissions: readonly Permission[], grounds: Grounds): readonly Right[] {
  return permissions.flatMap((permission) => RIGHTS[permission](grounds))
}

/** Nothing, where there is nothing to have a right to. */
function on(resources: readonly string[], action: string, because?: string): readonly Right[] {
  if (resources.length === 0) return []
  return [{ actions: [action], resources: [...resources], ...(because !== undefined && { because }) }]
}

function dynamodb(...actions: readonly string[]): string[] {
  return actions.map((action) => `dynamodb:${action}`)
}

function states(...actions: readonly string[]): string[] {
  return actions.map((action) => `states:${action}`)
}
