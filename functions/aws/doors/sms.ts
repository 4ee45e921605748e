import { PinpointSMSVoiceV2Client } from '@aws-sdk/client-pinpoint-sms-voice-v2'
import { smsProvider } from '#shared/channels/sms/end-user-messaging.ts'
import type { Providers } from '#shared/world/world.ts'
import type { Environment } from '../environment.ts'
import type { Outside } from '../outside.ts'
import { unrepeated } from './clients.ts'

/** Nothing where no texts are sent. */
export function openSms({ SMS }: Environment, outside: Outside): Providers {
  return SMS === undefined ? {} : { sms: smsProvider(new PinpointSMSVoiceV2Client(unrepeated(outside))) }
}
