import { isNamed } from '#shared/errors/errors.ts'
import type { Delivery, Outgoing } from '#shared/world/provider.ts'
import { type AwsAnswer, type AwsRequest, type AwsService, answered, refused } from './aws-request.ts'
import type { Embedded } from './played-services.ts'
import { emailDelivered, textDelivered } from './provider-events.ts'

/**
 * SES, End User Messaging SMS and Push, which hand their messages to the embedded providers and say that they arrived.
 * @param tell takes what the services put on the default bus
 */
export function messageServices(
  embedded: Embedded,
  tell: (event: object) => void,
): Readonly<Record<string, AwsService>> {
  const handOver = async (message: Outgoing, services: Answers): Promise<AwsAnswer> => {
    const { providers, clock } = embedded()
    try {
      const provider = providers[message.channel]
      if (provider === undefined) throw new Error(`Nobody takes ${message.channel}.`)
      const delivery = await provider.deliver(message)
      if (delivery.outcome === 'refused') return services.refuse(delivery)
      const arrival = { messageId: delivery.providerId, to: message.to, at: clock.now() }
      if (services.event !== undefined) tell(services.event(arrival))
      return answered(services.accept(delivery.providerId))
    } catch (error) {
      return isNamed(error, 'Unavailable') ? refused('TooManyRequestsException', 429) : 'hang-up'
    }
  }
  return {
    ses: (request) => handOver(emailIn(request), emailAnswers(request)),
    'sms-voice': (request) => handOver(textIn(request), textAnswers()),
    mobiletargeting: (request) => handOver(pushIn(request), pushAnswers(request)),
  }
}

interface Answers {
  accept(messageId: string): object
  refuse(delivery: Extract<Delivery, { outcome: 'refused' }>): AwsAnswer
  event?(arrival: Parameters<typeof textDelivered>[0]): object
}

interface Tag {
  readonly Name: string
  readonly Value: string
}

function emailIn({ body: { FromEmailAddress, Destination, Content, EmailTags } }: AwsRequest): Outgoing {
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

function emailAnswers({ body }: AwsRequest): Answers {
  return {
    accept: (MessageId) => ({ MessageId }),
    refuse: () => refused('MessageRejected'),
    event: (arrival) => emailDelivered(arrival, tagsOf(body.EmailTags)),
  }
}

function textIn({ body }: AwsRequest): Outgoing {
  const { dispatch, customer, ...tags } = body.Context
  const content = { from: body.OriginationIdentity, text: body.MessageBody }
  return { channel: 'sms', dispatch, customer, to: body.DestinationPhoneNumber, content, tags }
}

function textAnswers(): Answers {
  return {
    accept: (MessageId) => ({ MessageId }),
    refuse: () => refused('ValidationException', 400, { Reason: 'INVALID_PARAMETER' }),
    event: textDelivered,
  }
}

function pushIn({ body }: AwsRequest): Outgoing {
  const token = Object.keys(body.Addresses)[0] ?? ''
  const isApple = String(body.Addresses[token].ChannelType).startsWith('APNS')
  const google = JSON.parse(body.MessageConfiguration.GCMMessage.RawContent).fcmV1Message.message
  return {
    channel: 'push',
    dispatch: body.TraceId,
    // Apple and Google are not told who she is.
    customer: '',
    to: `${isApple ? 'ios' : 'android'}:${token}`,
    content: google.notification,
    tags: {},
  }
}

function pushAnswers({ body }: AwsRequest): Answers {
  const token = Object.keys(body.Addresses)[0] ?? ''
  const result = (one: object) => ({ ApplicationId: 'app', Result: { [token]: { StatusCode: 200, ...one } } })
  return {
    accept: (MessageId) => result({ DeliveryStatus: 'SUCCESSFUL', MessageId }),
    refuse: ({ suppress = false }) =>
      answered(result({ DeliveryStatus: 'PERMANENT_FAILURE', StatusCode: suppress ? 410 : 400 })),
  }
}
