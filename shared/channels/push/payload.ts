import type { Outgoing } from '../../world/provider.ts'
import { PushContent } from './push.ts'

/** What the app finds in a notification: the brand's own data, what a tap opens, and the dispatch it reports back. */
export function payloadOf({ content, dispatch }: Outgoing): Readonly<Record<string, string>> {
  const { link, data } = PushContent.parse(content)
  return { ...data, ...(link === undefined ? {} : { link }), dispatch }
}

/** A message of Google's HTTP v1 API, without its token. */
export function googleMessage(message: Outgoing) {
  const { title, body, icon } = PushContent.parse(message.content)
  const web = icon === undefined ? {} : { webpush: { notification: { icon } } }
  return { notification: { title, body }, data: payloadOf(message), ...web }
}
