import { isNamed } from '#shared/errors/errors.ts'
import type { Delivery, Outgoing } from '#shared/world/provider.ts'
import { type AwsAnswer, AwsRefusal } from '#test/builders/an-aws-server.ts'
import type { AwsCall } from '../contracts/aws/read-request.ts'
import { sesEvent } from '../contracts/feedback/email-reports.ts'
import { smsEvent } from '../contracts/feedback/text-reports.ts'
import type { Embedded, Play } from './played-services.ts'

/**
 * SES, End User Messaging SMS and Push, which hand their messages to the embedded providers and say that they arrived.
 * @param tell takes what the services put on the default bus
 */
export function messageServices(embedded: Embedded, tell: (event: object) => void): Readonly<Record<string, Play>> {
  const handOver = async (message: Outgoing, services: Answers): Promise<AwsAnswer> => {
    const { providers, clock } = embedded()
    try {
      const provider = providers[message.channel]
      if (provider === undefined) throw new Error(`Nobody takes ${message.channel}.`)
      const delivery = await provider.deliver(message)
      if (delivery.outcome === 'refused') return services.refuse(delivery)
      const arrival = { messageId: delivery.providerId, to: message.to, at: clock.now() }
      if (services.event !== undefined) tell(services.event(arrival))
      return services.accept(delivery.providerId)
    } catch (error) {
      return isNamed(error, 'Unavailable') ? new AwsRefusal('TooManyRequestsException', {}, 429) : 'lost'
    }
  }
  return {
    ses: ({ call }) => handOver(emailIn(call), emailAnswers(call)),
    'sms-voice': ({ call }) => handOver(textIn(call), textAnswers()),
    mobiletargeting: ({ call }) => handOver(pushIn(call), pushAnswers(call)),
  }
}

interface Arrival {
  readonly messageId: string
  readonly to: string
  /** Epoch ms. */
  readonly at: number
}

interface Answers {
  accept(messageId: string): object
  refuse(delivery: Extract<Delivery, { outcome: 'refused' }>): AwsAnswer
  /** By which the service says that it arrived; some do not say. */
  event?(arrival: Arrival): object
}

interface Tag {
  readonly Name: string
  readonly Value: string
}

function emailIn({ body: { FromEmailAddress, Destination, Content, EmailTags } }: AwsCall): Outgoing {
  const { dispatch = '', customer = '', ...tags } = tagsOf(EmailTags)
  const { Subject, Body } = Content.Simple
  return {
    channel: 'email',
    dispatch,
    customer,
    to: Destination.ToAddresses[0],
    content: { from: FromEmailAddress, subject: Subject.Data, html: Body.Html.Data, text: Body.Text.Data },
    tags,
  }
}

function tagsOf(tags: readonly Tag[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ Name, Value }) => [Name, Value]))
}

function emailAnswers({ body }: AwsCall): Answers {
  return {
    accept: (MessageId) => ({ MessageId }),
    refuse: () => new AwsRefusal('MessageRejected'),
    event: ({ messageId, to, at }) => {
      const delivery = { timestamp: new Date(at).toISOString() }
      return sesEvent('Email Delivered', 'Delivery', { delivery }, { messageId, to, tags: tagsOf(body.EmailTags) })
    },
  }
}

function textIn({ body }: AwsCall): Outgoing {
  const { dispatch, customer, ...tags } = body.Context
  const content = { from: body.OriginationIdentity, text: body.MessageBody }
  return { channel: 'sms', dispatch, customer, to: body.DestinationPhoneNumber, content, tags }
}

function textAnswers(): Answers {
  return {
    accept: (MessageId) => ({ MessageId }),
    refuse: () => new AwsRefusal('ValidationException', { Reason: 'INVALID_PARAMETER' }),
    // Our context is not sure to be in it.
    event: (arrival) => smsEvent('TEXT_DELIVERED', { ...arrival, context: undefined }),
  }
}

function pushIn({ body: { MessageRequest: request } }: AwsCall): Outgoing {
  const token = Object.keys(request.Addresses)[0] ?? ''
  const isApple = String(request.Addresses[token].ChannelType).startsWith('APNS')
  const google = JSON.parse(request.MessageConfiguration.GCMMessage.RawContent).fcmV1Message.message
  return {
    channel: 'push',
    dispatch: request.TraceId,
    // Apple and Google are not told who she is.
    customer: '',
    to: `${isApple ? 'ios' : 'android'}:${token}`,
    content: google.notification,
    tags: {},
  }
}

function pushAnswers({ body: { ApplicationId, MessageRequest } }: AwsCall): Answers {
  const token = Object.keys(MessageRequest.Addresses)[0] ?? ''
  const result = (one: object) => ({
    MessageResponse: { ApplicationId, Result: { [token]: { StatusCode: 200, ...one } } },
  })
  return {
    accept: (MessageId) => result({ DeliveryStatus: 'SUCCESSFUL', MessageId }),
    refuse: ({ suppress = false }) => result({ DeliveryStatus: 'PERMANENT_FAILURE', StatusCode: suppress ? 410 : 400 }),
  }
}
