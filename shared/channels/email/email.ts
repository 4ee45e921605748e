import * as z from 'zod'
import { Misconfigured } from '../../errors/errors.ts'
import type { Channel, Material } from '../channel.ts'

/** A message as email, in one locale. */
export const EmailForm = z.object({
  subject: z.string(),
  preheader: z.string(),
  html: z.string(),
  text: z.string(),
  /** The id of the email that this one answers, as its header has it; empty for none. */
  inReplyTo: z.string().optional(),
})

export type EmailForm = z.infer<typeof EmailForm>

/** What an email provider takes. */
export const EmailContent = z.object({
  from: z.object({ name: z.string(), address: z.string() }),
  replyTo: z.string().optional(),
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  headers: z.record(z.string(), z.string()),
})

export type EmailContent = z.infer<typeof EmailContent>

export const email: Channel = {
  name: 'email',
  address: (recipient) => recipient.email,
  kinds: { subject: 'line', preheader: 'line', html: 'html', text: 'text', inReplyTo: 'line' },
  compose: composeEmail,
  limit: () => undefined,
}

function composeEmail({ rendered, brand, links }: Material): EmailContent {
  const sender = brand.senders.email
  if (!sender) throw new Misconfigured('channel.no-sender', 'Add "email" under "senders" in brand.yaml.')
  const { subject, html, text, inReplyTo } = EmailForm.parse(rendered)
  const { replyTo, ...from } = sender
  return {
    from,
    ...(replyTo === undefined ? {} : { replyTo }),
    subject,
    html,
    text,
    headers: { ...unsubscribeHeaders(links), ...threadHeaders(inReplyTo) },
  }
}

/** One-click unsubscribe as RFC 8058 wants it: the same address that the link in the text leads to. */
function unsubscribeHeaders({ unsubscribe }: Material['links']): Record<string, string> {
  if (unsubscribe === undefined) return {}
  return { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
}

/** Mail programs put the answer below what it answers (RFC 5322, 3.6.4). */
function threadHeaders(answered = ''): Record<string, string> {
  return /^<\S+@\S+>$/.test(answered) ? { 'In-Reply-To': answered, References: answered } : {}
}
