import { channels, isChannel } from '../channels/catalog.ts'
import { type PushDevice, pushDevice } from '../profiles/device-row.ts'
import { identifierOf, type Profile } from '../profiles/profile.ts'
import type { Table } from '../world/table.ts'

/** Where she can be reached now. */
export interface Reach {
  /** The device that push messages go to. */
  readonly device: PushDevice | undefined
  addressOn(channel: string): string | undefined
}

/** A push token is a row of its own, read only when she has a device that can be pushed to. */
export async function reachOf(world: { readonly table: Table }, profile: Profile): Promise<Reach> {
  const hasDevice = Object.values(profile.pushDevices).some(([valid]) => valid)
  const device = hasDevice ? await pushDevice(world, profile) : undefined
  const recipient = {
    email: identifierOf(profile, 'email'),
    phone: identifierOf(profile, 'phone'),
    ...(device === undefined ? {} : { device: { id: device.id, platform: device.platform, pushToken: device.token } }),
  }
  return { device, addressOn: (channel) => (isChannel(channel) ? channels[channel].address(recipient) : undefined) }
}
