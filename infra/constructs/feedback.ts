import { ArnFormat, Stack } from 'aws-cdk-lib'
import { type EventPattern, type IEventBusRef, Match } from 'aws-cdk-lib/aws-events'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import { ConfigurationSet, EmailSendingEvent, EventDestination, SuppressionReasons } from 'aws-cdk-lib/aws-ses'
import type { Topic } from 'aws-cdk-lib/aws-sns'
import { Construct } from 'constructs'
import type { Installation } from '../installations.ts'
import { makeTopic } from './topic.ts'

/** Not `send` and `click`: our own record and our own links say these already, and two trackers would count twice. */
const EVENTS = [
  EmailSendingEvent.DELIVERY,
  EmailSendingEvent.OPEN,
  EmailSendingEvent.BOUNCE,
  EmailSendingEvent.COMPLAINT,
  EmailSendingEvent.REJECT,
  EmailSendingEvent.RENDERING_FAILURE,
]

/** End User Messaging also tells of registrations, and CloudTrail of each call to it. */
const ABOUT_MESSAGES: Readonly<Record<string, string>> = {
  'aws.sms-voice': 'Text Message ',
  'aws.social-messaging': 'WhatsApp Message ',
}

interface FeedbackProps {
  readonly installation: Installation
  readonly defaultBus: IEventBusRef
  readonly key: IKey | undefined
}

/** SES tells the default bus what becomes of each email; the services of End User Messaging do so unasked. */
export class Feedback extends Construct {
  readonly emailConfigurationSet: string
  readonly emailConfigurationSetArn: string
  /** What customers write to our numbers: each of these is told of the topic when it is made two-way. */
  readonly inboundTexts: Topic | undefined
  readonly inboundWhatsApp: Topic | undefined
  readonly #silent: readonly string[]

  constructor(scope: Construct, id: string, { installation, defaultBus, key }: FeedbackProps) {
    super(scope, id)
    const { stack, sms, whatsapp } = installation
    this.#silent = [...(sms ? [] : ['aws.sms-voice']), ...(whatsapp ? [] : ['aws.social-messaging'])]
    this.emailConfigurationSet = stack
    this.emailConfigurationSetArn = Stack.of(this).formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: stack,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    })
    this.#tellOfEmails(stack, defaultBus)
    const inbound = (id: string, name: string, writer: string): Topic =>
      makeTopic(this, id, { topicName: `${stack}-inbound-${name}`, writer, key })
    if (sms) this.inboundTexts = inbound('InboundTexts', 'texts', 'sms-voice')
    if (whatsapp) this.inboundWhatsApp = inbound('InboundWhatsApp', 'whatsapp', 'social-messaging')
  }

  /** What customers write comes by these. */
  get inbound(): readonly Topic[] {
    return [this.inboundTexts, this.inboundWhatsApp].filter((topic) => topic !== undefined)
  }

  /** The events of a source that are about our messages, if there can be any: SES says whose they are, others cannot. */
  patternOf(source: string): EventPattern | undefined {
    if (this.#silent.includes(source)) return undefined
    const detailType = ABOUT_MESSAGES[source]
    if (detailType !== undefined) return { source: [source], detailType: Match.prefix(detailType) }
    return { source: [source], detail: { mail: { tags: { 'ses:configuration-set': [this.emailConfigurationSet] } } } }
  }

  #tellOfEmails(configurationSetName: string, defaultBus: IEventBusRef): void {
    const emails = new ConfigurationSet(this, 'Emails', {
      configurationSetName,
      reputationMetrics: true,
      // A second net under our own suppression.
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    })
    emails.addEventDestination('DefaultBus', { destination: EventDestination.eventBus(defaultBus), events: EVENTS })
  }
}
