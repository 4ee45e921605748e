import { CfnOutput, type Stack } from 'aws-cdk-lib'
import type { Monitoring } from './constructs/monitoring.ts'
import type { Parts } from './parts.ts'

type Output = readonly [name: string, value: string | undefined, description?: string]

/** Tells whoever deployed a stack what there is to know; the command line finds it by these. */
export function tell(stack: Stack, parts: Parts, monitoring: Monitoring): void {
  for (const [name, value, description] of outputsOf(parts, monitoring))
    if (value !== undefined) new CfnOutput(stack, name, { value, ...(description !== undefined && { description }) })
}

function outputsOf({ bus, api, feedback, table, keys, console }: Parts, monitoring: Monitoring): readonly Output[] {
  return [
    ['BusName', bus.eventBusName, 'Apps put their events here.'],
    ['ApiUrl', api.url, 'The HTTP API, and the links in messages.'],
    ['DomainTarget', api.domainTarget, 'What the DNS record of the domain has to point to (CNAME or alias).'],
    ['TableName', table.table.tableName],
    ['ApiTokenArn', keys.apiToken.secretArn, 'The secret with the token of the HTTP API.'],
    ['WebhookKeyArn', keys.webhookKey.secretArn, 'It signs webhooks.'],
    ['InboundTextsTopicArn', feedback.inboundTexts?.topicArn, 'Give it to a two-way number: texts come in by it.'],
    ['InboundWhatsAppTopicArn', feedback.inboundWhatsApp?.topicArn, 'Give it to WhatsApp as event destination.'],
    ['AlarmTopicArn', monitoring.topic.topicArn, 'Whoever subscribes is told of alarms.'],
    ['DashboardUrl', monitoring.dashboardUrl],
    ...(console?.outputs ?? []),
  ]
}
