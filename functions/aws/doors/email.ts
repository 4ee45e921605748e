import { SESv2Client } from '@aws-sdk/client-sesv2'
import { sesProvider } from '#shared/channels/email/ses.ts'
import type { Environment } from '../environment.ts'
import type { Outside } from '../outside.ts'
import { unrepeated } from './clients.ts'

export const openEmail = ({ EMAIL_CONFIGURATION_SET: configurationSet }: Environment, outside: Outside) => ({
  email: sesProvider(new SESv2Client(unrepeated(outside)), { configurationSet }),
})
