import { GetChannelsCommand, PinpointClient } from '@aws-sdk/client-pinpoint'
import { asked, isAbsent } from '../aws/asking.ts'
import { checkSecret } from './check-secrets.ts'
import type { Examined } from './examined.ts'
import { type Finding, missing, ok, warning } from './finding.ts'

const GUIDE = 'https://docs.aws.amazon.com/push-notifications/latest/userguide'

/** Whether what pushes has what it needs. */
export async function checkPush({ installation, access }: Examined): Promise<readonly Finding[]> {
  const { application, google, web } = installation.push ?? {}
  const findings = await Promise.all([
    application === undefined ? [] : checkApplication(new PinpointClient(access), application),
    google === undefined ? [] : checkSecret('push.google', google, 'the key of Google’s service account', access),
    web === undefined ? [] : checkSecret('push.web', web.keys, 'the VAPID keys of web push', access),
  ])
  const all = findings.flat()
  return all.length === 0 ? [ok('push.off', 'nothing is pushed: installations.yaml has no "push"')] : all
}

async function checkApplication(client: PinpointClient, ApplicationId: string): Promise<readonly Finding[]> {
  const channels = await asked(client.send(new GetChannelsCommand({ ApplicationId })), 'End User Messaging Push').catch(
    (error: unknown) => {
      if (isAbsent(error)) return undefined
      throw error
    },
  )
  if (channels === undefined)
    return [
      missing('push.application', `there is no application ${ApplicationId} of End User Messaging Push here`, {
        remedy: 'Create one in this region, and write its id into installations.yaml.',
        see: `${GUIDE}/procedure-create-application.html`,
      }),
    ]
  const on = Object.entries(channels.ChannelsResponse?.Channels ?? {}).flatMap(([name, channel]) =>
    channel.Enabled === true ? [name] : [],
  )
  const see = `${GUIDE}/what-is-service.html`
  return [
    channelFinding('push.apple', on.includes('APNS'), 'Apple', see),
    channelFinding('push.android', on.includes('GCM'), 'Google', see),
  ]
}

function channelFinding(check: string, isOn: boolean, whose: string, see: string): Finding {
  if (isOn) return ok(check, `the application pushes by ${whose}`)
  return warning(check, `the application does not push by ${whose}`, {
    remedy: `Give it the credentials of ${whose} and enable them, in the console of End User Messaging Push.`,
    see,
  })
}
