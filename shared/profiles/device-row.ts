import type { Device } from '../touchpoints/touchpoint.ts'
import type { Item, Table } from '../world/table.ts'
import type { Profile } from './profile.ts'
import { customerPartition } from './store.ts'

export interface PushDevice {
  readonly id: string
  readonly token: string
  readonly platform: Device['platform']
  /** The partition that its row stands in. */
  readonly customer: string
}

/** A device with its push token, kept out of the profile for its length; an invalid token leaves an empty row. */
export function deviceItem(customer: string, device: Device & { readonly pushToken: string | null }, at: number): Item {
  const { id, pushToken, platform, model } = device
  return {
    pk: customerPartition(customer),
    sk: `K#${id}`,
    token: pushToken,
    ...(platform === undefined ? {} : { platform }),
    at,
    ...(model === undefined ? {} : { model }),
  }
}

/** Her newest device that can be pushed to. */
export async function pushDevice(
  { table }: { readonly table: Table },
  profile: Profile,
): Promise<PushDevice | undefined> {
  const reachable = Object.entries(profile.pushDevices).filter(([, [valid]]) => valid)
  const newest = reachable.sort(([, a], [, b]) => b[1] - a[1])[0]?.[0]
  if (newest === undefined) return undefined
  const homes = [profile.id, ...profile.aliases]
  const items = await table.getMany(homes.map((customer) => ({ pk: customerPartition(customer), sk: `K#${newest}` })))
  const at = items.findIndex((item) => typeof item?.token === 'string')
  const item = items[at]
  if (item === undefined) return undefined
  return {
    id: newest,
    token: item.token as string,
    platform: item.platform as PushDevice['platform'],
    customer: homes[at] ?? profile.id,
  }
}
