import { emailForm } from './email/form.ts'
import type { FormReader } from './form.ts'
import { pushForm } from './push/form.ts'
import type { ChannelName } from './senders.ts'
import { smsForm } from './sms/form.ts'

/** How each channel reads its files at publishing; apart from the catalog, so that a send loads none of it. */
export const formReaders = {
  email: emailForm,
  sms: smsForm,
  push: pushForm,
} satisfies Record<ChannelName, FormReader>
