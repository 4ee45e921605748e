import * as z from 'zod'
import { Misconfigured } from '../../errors/errors.ts'
import type { Outgoing } from '../../world/provider.ts'
import type { Channel, Material, Recipient } from '../channel.ts'

/** A message as a notification, in one locale. */
const PushForm = z.object({
  title: z.string(),
  body: z.string(),
  link: z.string().optional(),
  data: z.record(z.string(), z.string()).default({}),
})

/** What a push provider takes. */
export const PushContent = z.object({
  title: z.string(),
  body: z.string(),
  /** What a tap opens: a web address or a deep link of the app. */
  link: z.string().optional(),
  icon: z.string().optional(),
  data: z.record(z.string(), z.string()),
})

export type PushContent = z.infer<typeof PushContent>

const PLATFORMS = ['ios', 'android', 'web'] as const

export type Platform = (typeof PLATFORMS)[number]

/** The payload that both Apple and Google take. */
const MOST_BYTES = 4_096

export const push: Channel = {
  name: 'push',
  address: addressOf,
  kinds: { title: 'line', link: 'line' },
  compose: composePush,
  limit: exceeds,
}

/** `android:<token>`: the platform decides which service the token belongs to. */
function addressOf({ device }: Recipient): string | undefined {
  return device && `${device.platform ?? 'android'}:${device.pushToken}`
}

export function parsePushAddress(address: string): { readonly platform: Platform; readonly token: string } | undefined {
  const end = address.indexOf(':')
  const platform = PLATFORMS.find((known) => known === address.slice(0, end))
  return platform && { platform, token: address.slice(end + 1) }
}

function composePush({ rendered, brand }: Material): PushContent {
  const sender = brand.senders.push
  if (!sender) throw new Misconfigured('channel.no-sender', 'Add "push" under "senders" in brand.yaml.')
  const { title, body, link, data } = PushForm.parse(rendered)
  return {
    title,
    body: body.trim(),
    ...(link === undefined || link === '' ? {} : { link }),
    ...(sender.icon === undefined ? {} : { icon: sender.icon }),
    data,
  }
}

function exceeds(content: Outgoing['content']): 'too-long' | undefined {
  return Buffer.byteLength(JSON.stringify(content)) > MOST_BYTES ? 'too-long' : undefined
}
