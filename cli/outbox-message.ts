import { onItsLines } from './display-width.ts'
import { attributeTexts, labelled } from './labelled.ts'
import { moment } from './moment.ts'

/** A message in the outbox. */
export interface OutboxMessage {
  readonly id: string
  readonly at: string
  readonly channel: string
  readonly to: string
  readonly customer: string
  readonly dispatch: string
  /** What its channel's provider would get: some of these. */
  readonly content: {
    readonly from?: string | { readonly name: string; readonly address: string }
    readonly subject?: string
    readonly title?: string
    readonly text?: string
    readonly body?: string
    readonly link?: string
    readonly data?: Readonly<Record<string, string>>
  }
}

/** What her device would show of it in a list. */
export function previewOf({ content: { subject, title, text } }: OutboxMessage): string {
  return subject ?? title ?? text ?? ''
}

/** A message as she reads it; an email by its plain text. */
export function messageText(
  { id, at, channel, to, customer, dispatch, content }: OutboxMessage,
  width: number,
): string {
  const { from, subject, title, text, body, link, data = {} } = content
  const head = labelled(
    [
      ['Message', id],
      ['Sent', `${moment(at)} by ${channel}`],
      ['From', typeof from === 'object' ? `${from.name} <${from.address}>` : from],
      ['To', to],
      ['Customer', customer],
      ['Dispatch', dispatch],
      ['Subject', subject],
      ['Title', title],
      ['Opens', link],
      ['Data', attributeTexts(data)],
    ],
    width,
  )
  return `${head}\n\n${onItsLines(text ?? body ?? '')}`
}
