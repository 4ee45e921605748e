import type { Channel } from './channel.ts'
import { email } from './email/email.ts'
import { push } from './push/push.ts'
import type { ChannelName } from './senders.ts'
import { sms } from './sms/sms.ts'

/** All channels. One more is a folder, its sender in `senders.ts`, a line here and a line in `forms.ts`. */
export const channels = { email, sms, push } satisfies Record<ChannelName, Channel>

export function isChannel(name: string): name is ChannelName {
  return Object.hasOwn(channels, name)
}
