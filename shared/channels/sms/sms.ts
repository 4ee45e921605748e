import * as z from 'zod'
import { Misconfigured } from '../../errors/errors.ts'
import type { Outgoing } from '../../world/provider.ts'
import type { Channel, Material } from '../channel.ts'

/** A message as SMS, in one locale. */
export const SmsForm = z.object({ text: z.string() })

/** What an SMS provider takes. */
export const SmsContent = z.object({ from: z.string(), text: z.string() })

export type SmsContent = z.infer<typeof SmsContent>

/** docs.aws.amazon.com, API_SendTextMessage, `MessageBody`. */
const MOST_CHARACTERS = 1_600

export const sms: Channel = {
  name: 'sms',
  address: (recipient) => recipient.phone,
  kinds: { text: 'text' },
  compose: composeSms,
  limit: exceeds,
}

function composeSms({ rendered, brand }: Material): SmsContent {
  const sender = brand.senders.sms
  if (!sender) throw new Misconfigured('channel.no-sender', 'Add "sms" under "senders" in brand.yaml.')
  return { from: sender.from, text: SmsForm.parse(rendered).text.trim() }
}

function exceeds(content: Outgoing['content']): 'too-long' | undefined {
  return SmsContent.parse(content).text.length > MOST_CHARACTERS ? 'too-long' : undefined
}
