import type { Environment } from '#functions/aws/environment.ts'
import type { Parts } from './parts.ts'

/** What every function is told. */
export function environmentOf({
  installation,
  table,
  bus,
  machines,
  keys,
  feedback,
  api,
  console,
}: Parts): Environment {
  const { name, stack, domain, sms, push } = installation
  return {
    INSTALLATION: name,
    STACK: stack,
    TABLE_NAME: table.table.tableName,
    BUS_NAME: bus.eventBusName,
    MACHINE_ARN_PREFIX: machines.arnPrefix,
    MACHINE_ROLE_ARN: machines.role.roleArn,
    MACHINE_LOG_GROUP_ARN: machines.log.logGroupArn,
    LINK_KEY_ARN: keys.linkKey.secretArn,
    WEBHOOK_KEY_ARN: keys.webhookKey.secretArn,
    API_TOKEN_ARN: keys.apiToken.secretArn,
    EMAIL_CONFIGURATION_SET: feedback.emailConfigurationSet,
    PUBLIC_URL: domain === undefined ? api.url : `https://${domain.name}`,
    ...console?.environment,
    ...(sms && { SMS: 'yes' }),
    ...(push?.application !== undefined && { PUSH_APPLICATION_ID: push.application }),
    ...(push?.google !== undefined && { GOOGLE_SECRET: push.google }),
    ...(push?.web !== undefined && { WEB_PUSH_SECRET: push.web.keys, WEB_PUSH_CONTACT: push.web.contact }),
  }
}
