import type { Providers } from '#shared/world/world.ts'
import type { Environment } from '../environment.ts'
import type { Outside } from '../outside.ts'

/** What an installation is pushed through; nothing where nothing is. Only what is set up is loaded. */
export async function openPush(environment: Environment, outside: Outside): Promise<Providers> {
  const { PUSH_APPLICATION_ID: applicationId, GOOGLE_SECRET: google } = environment
  const { WEB_PUSH_SECRET: keys, WEB_PUSH_CONTACT: contact } = environment
  const opened = await Promise.all([
    applicationId === undefined ? {} : (await import('./push-application.ts')).openApplication(applicationId, outside),
    google === undefined ? {} : (await import('./push-google.ts')).openGoogle(google, outside),
    keys === undefined || contact === undefined
      ? {}
      : (await import('./push-web.ts')).openWeb({ keys, contact }, outside),
  ])
  const providers = Object.assign({}, ...opened)
  if (Object.keys(providers).length === 0) return {}
  const { pushByDevice } = await import('#shared/channels/push/by-device.ts')
  return { push: pushByDevice(providers) }
}
