const DAY_SECONDS = 86_400

/** Days a touchpoint stays in the timeline, by the first part of its type; what is not named stays two years. */
const RETENTION_DAYS = new Map([
  ['page', 90],
  ['screen', 90],
  ['product', 180],
  ['message', 400],
  ['order', 1_825],
  ['consent', 1_825],
])

/** Epoch seconds after which the touchpoint's row expires. */
export function expiryOf(type: string, occurredAt: number): number {
  const days = RETENTION_DAYS.get(type.slice(0, type.indexOf('.'))) ?? 730
  return Math.floor(occurredAt / 1_000) + days * DAY_SECONDS
}

/** Touchpoints that Throughline itself makes, with what they say. */
export const BUILT_IN: Readonly<Record<string, string>> = {
  'message.delivered': 'A message of ours arrived.',
  'message.opened': 'She opened a message of ours.',
  'message.clicked': 'She followed a link in a message of ours.',
  'message.bounced': 'A message of ours could not be delivered.',
  'message.complained': 'She marked a message of ours as spam.',
  'message.failed': 'A provider gave a message of ours up.',
  'message.answered': 'She answered a message of ours.',
  'message.tested': 'A test of a message was sent to her, who is one of ours.',
  'consent.given': 'She allowed a purpose on a channel.',
  'consent.withdrawn': 'She withdrew what she had allowed.',
  'journey.started': 'She was let into a journey that asks for no touchpoint of hers.',
  'segment.joined': 'She came into a segment.',
  'segment.left': 'She is in a segment no more.',
  'customer.updated': 'A journey set traits of hers.',
  'conversation.opened': 'A conversation began: she wrote, or a journey handed her over to a team.',
  'conversation.moved': 'An open conversation was handed over to another team.',
  'conversation.answered': 'An agent answered her.',
  'conversation.closed': 'A conversation ended: by an agent, or because nobody said anything for long.',
}
