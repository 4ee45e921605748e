import { onItsLines } from './display-width.ts'
import { attributeTexts, labelled } from './labelled.ts'
import { moment } from './moment.ts'

/** A message in the outbox; `content` is what its channel's provider would get. */
export interface OutboxMessage {
  readonly id: string
  readonly at: string
  readonly channel: string
  readonly to: string
  readonly customer: string
  readonly dispatch: string
  readonly content: Readonly<Record<string, unknown>>
}

/** What her device would show of it in a list. */
export function previewOf({ content: { subject, title, text } }: OutboxMessage): string {
  return String(subject ?? title ?? text ?? '')
}

/** A message as she reads it; an email by its plain text. */
export function messageText(message: OutboxMessage, width: number): string {
  const { id, at, channel, to, customer, dispatch, content } = message
  const { subject, title, text, body, from, link, data = {} } = content
  const head = labelled(
    [
      ['Message', id],
      ['Sent', `${moment(at)} by ${channel}`],
      ['From', from === undefined ? undefined : senderText(from)],
      ['To', to],
      ['Customer', customer],
      ['Dispatch', dispatch],
      ['Subject', textOf(subject)],
      ['Title', textOf(title)],
      ['Opens', textOf(link)],
      ['Data', attributeTexts({ ...data })],
    ],
    width,
  )
  return `${head}\n\n${onItsLines(textOf(text) ?? textOf(body) ?? '')}`
}

function senderText(from: unknown): string {
  if (typeof from !== 'object' || from === null) return String(from)
  const { name, address } = from as { name?: unknown; address?: unknown } // any object may be looked at
  return `${name} <${address}>`
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
