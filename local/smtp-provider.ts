import type { Readable } from 'node:stream'
import { createTransport } from 'nodemailer'
import { EmailContent } from '#shared/channels/email/email.ts'
import { Unavailable } from '#shared/errors/errors.ts'
import type { Delivery, Outgoing, Provider } from '#shared/world/provider.ts'

export interface SmtpOptions {
  /** `smtp://user:password@host:587`, or `smtps://…`. */
  readonly url: string
  /** How long the server may be silent before nobody knows any more (ms); default 30 seconds. */
  readonly timeout?: number
}

interface SmtpProvider extends Provider {
  /** Ends the connections once what is under way is done. */
  close(): void
}

/** A real mail server. It has no idempotency key, and nothing of ours comes back from it. */
export function smtpProvider({ url, timeout = 30_000 }: SmtpOptions): SmtpProvider {
  const transport = createTransport({
    url,
    pool: true,
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const bodies = new WeakMap<object, Readable>()
  // The body as it goes over the wire: once anything of it was read, the server may have taken it all.
  transport.use('stream', ({ data, message }, done) => {
    message.processFunc((body) => {
      bodies.set(data.headers as object, body)
      return body
    })
    done()
  })
  return {
    name: 'smtp',
    idempotency: 'none',
    close: () => transport.close(),
    deliver: async (message) => {
      const mail = mailOf(message)
      try {
        const { messageId } = await transport.sendMail(mail)
        return { outcome: 'accepted', providerId: messageId }
      } catch (error) {
        return outcomeOf(error, bodies.get(mail.headers)?.readableDidRead === true)
      }
    },
  }
}

function mailOf({ to, content, dispatch }: Outgoing) {
  const { from, replyTo, subject, html, text, headers } = EmailContent.parse(content)
  return {
    from,
    to: { name: '', address: to },
    ...(replyTo === undefined ? {} : { replyTo }),
    subject,
    html,
    text,
    headers: { ...headers, 'X-Dispatch': dispatch },
  }
}

/** The server's word, if it said one, is what counts; without it a message that was on its way may have arrived. */
function outcomeOf(error: unknown, isOnItsWay: boolean): Delivery {
  const { responseCode: code, code: kind } = error as { readonly responseCode?: number; readonly code?: string }
  if (code === undefined && isOnItsWay) throw error
  // 530 to 538 are about our login, not about this message.
  const isRefusal = code !== undefined && code >= 500 && kind !== 'EAUTH' && (code < 530 || code > 538)
  if (isRefusal) return { outcome: 'refused', reason: `smtp-${code}`, suppress: isDead(error) }
  throw new Unavailable('provider.not-taken', 'The mail server took nothing.', { details: { code, kind } })
}

/** RFC 3463: there is no such mailbox (5.1.1), no such system (5.1.2), or the mailbox has moved (5.1.6). */
function isDead(error: unknown): boolean {
  return / 5\.1\.[126]\b/.test((error as { readonly response?: string }).response ?? '')
}
