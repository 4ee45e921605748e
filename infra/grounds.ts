import { ArnFormat, Stack } from 'aws-cdk-lib'
import { domainOf } from '#shared/channels/email/address.ts'
import type { Parts } from './parts.ts'
import type { Grounds } from './permissions.ts'

/** The ARNs that functions get rights to: of the stack, and of what messages are sent from. */
export function groundsOf({ installation, table, bus, machines, feedback, keys }: Parts): Grounds {
  const { from, sms, push } = installation
  const arn = (service: string, resource: string, resourceName: string, arnFormat = ArnFormat.SLASH_RESOURCE_NAME) =>
    Stack.of(table).formatArn({ service, resource, resourceName, arnFormat })
  const pushSecrets = [push?.google, push?.web?.keys].filter((name) => name !== undefined)
  return {
    table: table.table.tableArn,
    index: table.indexArn,
    bus: bus.eventBusArn,
    machines: machines.all,
    machineRole: machines.role.roleArn,
    linkKey: keys.linkKey.secretArn,
    webhookKey: keys.webhookKey.secretArn,
    apiToken: keys.apiToken.secretArn,
    // Set up outside of the stack, in the same account and region.
    emailIdentities: [domainOf(from), from].map((identity) => arn('ses', 'identity', identity)),
    emailConfigurationSet: feedback.emailConfigurationSetArn,
    smsOrigins: sms ? ['phone-number', 'sender-id'].map((kind) => arn('sms-voice', kind, '*')) : [],
    pushMessages: push?.application && arn('mobiletargeting', 'apps', `${push.application}/messages`),
    // Secrets Manager adds six characters to a name.
    pushSecrets: pushSecrets.map((name) =>
      arn('secretsmanager', 'secret', `${name}-??????`, ArnFormat.COLON_RESOURCE_NAME),
    ),
  }
}
