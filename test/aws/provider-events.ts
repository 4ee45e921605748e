/** Of the events that AWS's services put on the default bus, those that say that a message arrived. */

const ENVELOPE = { version: '0', account: '123456789012', region: 'eu-west-1', resources: [] }

interface Arrival {
  readonly messageId: string
  readonly to: string
  /** Epoch ms. */
  readonly at: number
}

/** docs.aws.amazon.com/ses, "Contents of event data". */
export function emailDelivered({ messageId, to, at }: Arrival, tags: Readonly<Record<string, string>>): object {
  const time = new Date(at).toISOString()
  const lists = Object.fromEntries(Object.entries(tags).map(([name, value]) => [name, [value]]))
  const mail = { messageId, destination: [to], tags: lists }
  return {
    ...ENVELOPE,
    id: `delivered-${messageId}`,
    time,
    source: 'aws.ses',
    'detail-type': 'Email Delivered',
    detail: { eventType: 'Delivery', mail, delivery: { timestamp: time } },
  }
}

/** docs.aws.amazon.com/sms-voice, "Monitoring with EventBridge": our context is not sure to be in it. */
export function textDelivered({ messageId, to, at }: Arrival): object {
  return {
    ...ENVELOPE,
    id: `delivered-${messageId}`,
    time: new Date(at).toISOString(),
    source: 'aws.sms-voice',
    'detail-type': 'Text Message Delivery Status Updated',
    detail: {
      eventType: 'TEXT_DELIVERED',
      eventTimestamp: at,
      isFinal: true,
      messageId,
      destinationPhoneNumber: to,
    },
  }
}
