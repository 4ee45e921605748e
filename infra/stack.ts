import { ArnFormat, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib'
import { EventBus } from 'aws-cdk-lib/aws-events'
import type { Code } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import type { Environment } from '#functions/aws/environment.ts'
import { catalog } from '#functions/catalog.ts'
import type { Settings } from './config.ts'
import { Api } from './constructs/api.ts'
import { Feedback } from './constructs/feedback.ts'
import { Functions } from './constructs/functions.ts'
import { Keys } from './constructs/keys.ts'
import { Machines } from './constructs/machines.ts'
import { Table } from './constructs/table.ts'
import { connect, type Sources } from './constructs/triggers.ts'
import type { Grounds } from './permissions.ts'

export interface ThroughlineStackProps extends StackProps {
  readonly settings: Settings
  /** All functions, each under its name. */
  readonly code: Code
}

interface Outputs extends Pick<Sources, 'bus' | 'api' | 'feedback' | 'table'> {
  readonly bus: EventBus
  readonly keys: Keys
}

/** One installation of Throughline: one brand, one account, one region. */
export class ThroughlineStack extends Stack {
  constructor(scope: Construct, id: string, { settings, code, ...props }: ThroughlineStackProps) {
    super(scope, id, props)
    const installation = `throughline-${settings.brand}`

    const table = new Table(this, 'Table', settings)
    const bus = new EventBus(this, 'Bus', { eventBusName: installation })
    const defaultBus = EventBus.fromEventBusName(this, 'DefaultBus', 'default')
    const feedback = new Feedback(this, 'Feedback', { installation, defaultBus })
    const machines = new Machines(this, 'Machines', { installation })
    const keys = new Keys(this, 'Keys', settings)
    const api = new Api(this, 'Api', { installation, token: keys.apiToken })

    const environment: Environment = {
      TABLE_NAME: table.table.tableName,
      BUS_NAME: bus.eventBusName,
      MACHINE_ARN_PREFIX: machines.arnPrefix,
      MACHINE_ROLE_ARN: machines.role.roleArn,
      FUNCTION_NAME_PREFIX: `${installation}-`,
      LINK_KEY_ARN: keys.linkKey.secretArn,
      WEBHOOK_KEY_ARN: keys.webhookKey.secretArn,
      API_TOKEN_ARN: keys.apiToken.secretArn,
      EMAIL_CONFIGURATION_SET: feedback.emailConfigurationSet,
      ...(settings.pushApplicationId !== undefined && { PUSH_APPLICATION_ID: settings.pushApplicationId }),
      PUBLIC_URL: settings.domain === undefined ? api.url : `https://${settings.domain}`,
    }
    const grounds: Grounds = {
      table: table.table.tableArn,
      index: table.indexArn,
      bus: bus.eventBusArn,
      machines: `${machines.arnPrefix}*`,
      machineRole: machines.role.roleArn,
      emailConfigurationSet: feedback.emailConfigurationSetArn,
      linkKey: keys.linkKey.secretArn,
      webhookKey: keys.webhookKey.secretArn,
      ...this.#senders(settings),
    }
    const functions = new Functions(this, 'Functions', { catalog, code, environment, grounds, settings })
    for (const one of functions.all) connect(this, one, { bus, defaultBus, feedback, table, machines, api })

    this.#tell({ bus, api, feedback, table, keys })
  }

  /** What whoever deployed it needs to know. */
  #tell({ bus, api, feedback, table, keys }: Outputs): void {
    const outputs: readonly (readonly [name: string, value: string, description?: string])[] = [
      ['BusName', bus.eventBusName, 'Apps put their events here.'],
      ['ApiUrl', api.url, 'The HTTP API, and the links in messages.'],
      ['InboundTextsTopicArn', feedback.inboundTexts.topicArn, 'Give it to a two-way number: texts come in by it.'],
      ['TableName', table.table.tableName],
      ['ApiTokenArn', keys.apiToken.secretArn, 'The secret with the token of the HTTP API.'],
      ['WebhookKeyArn', keys.webhookKey.secretArn, 'It signs webhooks.'],
    ]
    for (const [name, value, description] of outputs)
      new CfnOutput(this, name, { value, ...(description !== undefined && { description }) })
  }

  /** What messages are sent from: set up outside of this stack, in the same account and region. */
  #senders({
    fromAddress,
    pushApplicationId,
  }: Settings): Pick<Grounds, 'emailIdentities' | 'smsOrigins' | 'pushMessages'> {
    const arn = (service: string, resource: string, resourceName: string): string =>
      this.formatArn({ service, resource, resourceName, arnFormat: ArnFormat.SLASH_RESOURCE_NAME })
    const [, domain = ''] = fromAddress.split('@')
    return {
      emailIdentities: [domain, fromAddress].map((identity) => arn('ses', 'identity', identity)),
      smsOrigins: ['phone-number', 'pool', 'sender-id'].map((kind) => arn('sms-voice', kind, '*')),
      pushMessages: pushApplicationId && arn('mobiletargeting', 'apps', `${pushApplicationId}/messages`),
    }
  }
}
