import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { PinpointClient } from '@aws-sdk/client-pinpoint'
import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SESv2Client } from '@aws-sdk/client-sesv2'
import { SFNClient } from '@aws-sdk/client-sfn'
import { sesProvider } from '#shared/channels/email/ses.ts'
import { pushProvider } from '#shared/channels/push/end-user-messaging.ts'
import { smsProvider } from '#shared/channels/sms/end-user-messaging.ts'
import type { Providers, World } from '#shared/world/world.ts'
import { guardedHttp } from '../kit/guarded-http.ts'
import { sortableIds } from '../kit/sortable-ids.ts'
import { eventBridgeBus } from './bus.ts'
import { systemClock } from './clock.ts'
import { type Environment, readEnvironment } from './environment.ts'
import { cloudWatchLog } from './log.ts'
import { stepFunctions } from './machines.ts'
import { managedSecrets } from './secrets.ts'
import { dynamoTable } from './table.ts'

/** An answer that takes longer is lost: the client asks again, or the caller hears of it while it can still do so. */
const PATIENT = { requestHandler: { connectionTimeout: 1_000, requestTimeout: 5_000, throwOnRequestTimeout: true } }
/** Providers cannot tell a repetition from another message, so nothing is sent again by itself. */
const ONCE = {
  maxAttempts: 1,
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 15_000, throwOnRequestTimeout: true },
}

/** The world on AWS, from the function's environment and role. @throws Misconfigured */
export async function makeWorld(variables: Readonly<Record<string, string | undefined>> = process.env): Promise<World> {
  const environment = readEnvironment(variables)
  return {
    table: dynamoTable({ client: new DynamoDBClient(PATIENT), tableName: environment.TABLE_NAME, clock: systemClock }),
    bus: eventBridgeBus({ client: new EventBridgeClient(PATIENT), busName: environment.BUS_NAME }),
    machines: stepFunctions({
      client: new SFNClient(PATIENT),
      machineArnPrefix: environment.MACHINE_ARN_PREFIX,
      roleArn: environment.MACHINE_ROLE_ARN,
      functionName: (name) => environment.FUNCTION_NAME_PREFIX + name,
    }),
    providers: providersIn(environment),
    http: guardedHttp(),
    clock: systemClock,
    ids: sortableIds(systemClock.now),
    secrets: managedSecrets({
      client: new SecretsManagerClient(PATIENT),
      linkKeyArn: environment.LINK_KEY_ARN,
      webhookKeyArn: environment.WEBHOOK_KEY_ARN,
      apiTokenArn: environment.API_TOKEN_ARN,
    }),
    log: cloudWatchLog(),
    settings: { publicUrl: environment.PUBLIC_URL },
  }
}

function providersIn({
  EMAIL_CONFIGURATION_SET: configurationSet,
  PUSH_APPLICATION_ID: applicationId,
}: Environment): Providers {
  return {
    email: sesProvider(new SESv2Client(ONCE), { configurationSet }),
    sms: smsProvider(new PinpointSMSVoiceV2Client(ONCE)),
    ...(applicationId !== undefined && { push: pushProvider(new PinpointClient(ONCE), { applicationId }) }),
  }
}
