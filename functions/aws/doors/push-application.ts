import { PinpointClient } from '@aws-sdk/client-pinpoint'
import type { PushProviders } from '#shared/channels/push/by-device.ts'
import { pushProvider } from '#shared/channels/push/end-user-messaging.ts'
import type { Outside } from '../outside.ts'
import { unrepeated } from './clients.ts'

export function openApplication(applicationId: string, outside: Outside): PushProviders {
  return { application: pushProvider(new PinpointClient(unrepeated(outside)), { applicationId }) }
}
