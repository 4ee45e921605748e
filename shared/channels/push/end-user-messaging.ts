import { type MessageResult, type PinpointClient, SendMessagesCommand } from '@aws-sdk/client-pinpoint'
import { Impossible, Unavailable } from '../../errors/errors.ts'
import type { Delivery, Outgoing, Provider } from '../../world/provider.ts'
import { sendOnce } from '../service-errors.ts'
import { googleMessage, payloadOf } from './payload.ts'
import { type Platform, PushContent, parsePushAddress } from './push.ts'

export interface PushOptions {
  /** The application of End User Messaging Push that holds the credentials of Apple and Google. */
  readonly applicationId: string
  /** Apple's test service, for apps that do not come from the store. */
  readonly sandbox?: boolean
}

/** What Apple and Google say of a token that no app holds any more. */
const DEAD_TOKEN =
  /unregistered|not ?registered|bad ?device ?token|invalid ?(registration|token)|DeviceTokenNotForTopic/i

/**
 * AWS End User Messaging Push: Apple, Google and the web through one API. A success means that Apple or Google took
 * it. @param client made with `maxAttempts: 1`.
 */
export function pushProvider(client: PinpointClient, options: PushOptions): Provider {
  return {
    name: 'end-user-messaging-push',
    idempotency: 'none',
    deliver: (message) => sendOnce(client, () => send(client, options, message), refusalOf),
  }
}

async function send(client: PinpointClient, options: PushOptions, message: Outgoing): Promise<Delivery> {
  const address = parsePushAddress(message.to)
  if (!address) return { outcome: 'refused', reason: 'bad-address', suppress: true }
  const { MessageResponse } = await client.send(
    new SendMessagesCommand({
      ApplicationId: options.applicationId,
      MessageRequest: {
        Addresses: { [address.token]: { ChannelType: serviceOf(address.platform, options) } },
        MessageConfiguration: configurationFor(message),
        TraceId: message.dispatch,
      },
    }),
  )
  return outcomeOf(MessageResponse?.Result?.[address.token])
}

function serviceOf(platform: Platform, { sandbox }: PushOptions): 'GCM' | 'APNS' | 'APNS_SANDBOX' {
  if (platform !== 'ios') return 'GCM'
  return sandbox === true ? 'APNS_SANDBOX' : 'APNS'
}

/** The payloads as Google (HTTP v1) and Apple define them; the app reports `dispatch` back when it is opened. */
function configurationFor(message: Outgoing) {
  const { title, body } = PushContent.parse(message.content)
  const google = { fcmV1Message: { message: googleMessage(message) } }
  const apple = { aps: { alert: { title, body }, sound: 'default' }, ...payloadOf(message) }
  return { GCMMessage: { RawContent: JSON.stringify(google) }, APNSMessage: { RawContent: JSON.stringify(apple) } }
}

function outcomeOf(result: MessageResult | undefined): Delivery {
  if (!result) throw new Impossible('push.no-result', 'The provider answered without saying what became of the token.')
  const { DeliveryStatus: status = 'UNKNOWN_FAILURE', StatusCode: code, StatusMessage: text = '' } = result
  switch (status) {
    case 'SUCCESSFUL':
      return { outcome: 'accepted', providerId: result.MessageId ?? '' }
    case 'PERMANENT_FAILURE':
      return { outcome: 'refused', reason: 'permanent-failure', suppress: code === 410 || DEAD_TOKEN.test(text) }
    case 'OPT_OUT':
      return { outcome: 'refused', reason: 'opted-out', suppress: true }
    case 'DUPLICATE':
      return { outcome: 'refused', reason: 'duplicate' }
    case 'TEMPORARY_FAILURE':
    case 'THROTTLED':
      throw new Unavailable('provider.not-taken', 'The push service did not take it now.', {
        details: { status, code },
      })
    default:
      throw new Impossible('push.unknown-failure', 'The push service does not know whether it took the message.', {
        details: { status, code },
      })
  }
}

function refusalOf({ name }: { readonly name: string }): Delivery | undefined {
  if (name === 'PayloadTooLargeException') return { outcome: 'refused', reason: 'too-long' }
  return name === 'BadRequestException' ? { outcome: 'refused', reason: 'bad-request' } : undefined
}
