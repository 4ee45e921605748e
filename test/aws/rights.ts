import type { Reading } from '../contracts/aws/read-request.ts'
import type { StoredRow } from './billed-units.ts'
import { arnOf, MACHINE_ARN_PREFIX } from './installation.ts'

/** What IAM must allow. */
export interface Right {
  /** `dynamodb:PutItem`. */
  readonly action: string
  readonly resource: string
  /** What conditions of policies may look at. */
  readonly context?: Readonly<Record<string, readonly string[]>>
}

/**
 * What IAM asks for before a service does what it is asked, by docs.aws.amazon.com/service-authorization: one call may
 * need several rights, and not all have its name.
 */
export function rightsFor({ service, call: { operation, body } }: Reading): readonly Right[] {
  const rights = RIGHTS[service]?.(operation, body)
  if (rights === undefined) throw new Error(`Which rights does ${operation} of ${service} need?`)
  return rights
}

// biome-ignore lint/suspicious/noExplicitAny: JSON, of which each service looks at another place
type RightsOf = (operation: string, body: any) => readonly Right[]

/** A transaction needs what each of its parts would need. */
const PARTS: Readonly<Record<string, string>> = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
}

interface Part {
  readonly TableName: string
  readonly Key?: StoredRow
  readonly Item?: StoredRow
}

const tableRights: RightsOf = (operation, body) => {
  const right = (name: string, { TableName, Key, Item }: Part, place = ''): Right => {
    const key = (Key ?? Item)?.pk?.S
    return {
      action: `dynamodb:${name}`,
      resource: arnOf('dynamodb', `table/${TableName}${place}`),
      ...(key !== undefined && { context: { 'dynamodb:LeadingKeys': [String(key)] } }),
    }
  }
  const { IndexName, TransactItems, RequestItems } = body
  if (RequestItems !== undefined) return Object.keys(RequestItems).map((TableName) => right(operation, { TableName }))
  if (TransactItems === undefined) return [right(operation, body, IndexName && `/index/${IndexName}`)]
  const parts: readonly Readonly<Record<string, Part>>[] = TransactItems
  return parts.flatMap((part) => Object.entries(part).map(([kind, one]) => right(PARTS[kind] ?? kind, one)))
}

const machineRights: RightsOf = (
  operation,
  { stateMachineArn, executionArn, taskToken, name, roleArn, publish, tags },
) => {
  // A token names no machine: AWS's reference knows no resource for what is done with one.
  const token = taskToken === undefined ? undefined : '*'
  const resource = stateMachineArn ?? executionArn ?? token ?? MACHINE_ARN_PREFIX.replace(/[^:]*$/, name)
  const right = (one: string): Right => ({ action: `states:${one}`, resource })
  return [
    right(operation),
    ...(publish === true ? [right('PublishStateMachineVersion')] : []),
    ...(tags === undefined ? [] : [right('TagResource')]),
    ...(roleArn === undefined
      ? []
      : [{ action: 'iam:PassRole', resource: roleArn, context: { 'iam:PassedToService': ['states.amazonaws.com'] } }]),
  ]
}

const RIGHTS: Readonly<Record<string, RightsOf>> = {
  dynamodb: tableRights,
  states: machineRights,
  events: (_, { Entries }) =>
    [...new Set<string>(Entries.map((entry: { readonly EventBusName: string }) => entry.EventBusName))].map((name) => ({
      action: 'events:PutEvents',
      resource: arnOf('events', `event-bus/${name}`),
    })),
  ses: (_, { FromEmailAddress, ConfigurationSetName }) =>
    [`identity/${domainOf(FromEmailAddress)}`, `configuration-set/${ConfigurationSetName}`].map((resource) => ({
      action: 'ses:SendEmail',
      resource: arnOf('ses', resource),
    })),
  'sms-voice': (_, { OriginationIdentity }) => [
    { action: 'sms-voice:SendTextMessage', resource: arnOf('sms-voice', originOf(OriginationIdentity)) },
  ],
  mobiletargeting: (_, { ApplicationId }) => [
    { action: 'mobiletargeting:SendMessages', resource: arnOf('mobiletargeting', `apps/${ApplicationId}/messages`) },
  ],
  secretsmanager: (_, { SecretId }) => [{ action: 'secretsmanager:GetSecretValue', resource: arnOfSecret(SecretId) }],
}

function domainOf(from: string): string {
  return /@([^>]+)/.exec(from)?.[1] ?? ''
}

/** The ids of numbers are AWS's own; what is no number is the name of a sender, registered for a country. */
function originOf(origin: string): string {
  if (/^\+\d+$/.test(origin)) return `phone-number/phone-${origin.slice(1)}`
  return /^(phone|pool)-/.test(origin) ? origin.replace(/^(phone|pool)-/, '$1/$1-') : `sender-id/${origin}/DK`
}

/** Secrets Manager ends the ARN of a secret with six characters of its own. */
function arnOfSecret(id: string): string {
  return id.startsWith('arn:') ? id : arnOf('secretsmanager', `secret:${id}-AbCdEf`)
}
