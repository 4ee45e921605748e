import { ArnFormat, Stack } from 'aws-cdk-lib'
import type { EventPattern, IEventBusRef } from 'aws-cdk-lib/aws-events'
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { ConfigurationSet, EmailSendingEvent, EventDestination, SuppressionReasons } from 'aws-cdk-lib/aws-ses'
import { Topic } from 'aws-cdk-lib/aws-sns'
import { Construct } from 'constructs'

/** Not `send` and `click`: our own record and our own links say these already, and two trackers would count twice. */
const EVENTS = [
  EmailSendingEvent.DELIVERY,
  EmailSendingEvent.OPEN,
  EmailSendingEvent.BOUNCE,
  EmailSendingEvent.COMPLAINT,
  EmailSendingEvent.REJECT,
  EmailSendingEvent.RENDERING_FAILURE,
]

/** SES tells the default bus what becomes of each email; End User Messaging SMS does so unasked. */
export class Feedback extends Construct {
  readonly emailConfigurationSet: string
  readonly emailConfigurationSetArn: string
  /** What customers write to our numbers: a number is told of it when it is made two-way. */
  readonly inboundTexts: Topic

  constructor(
    scope: Construct,
    id: string,
    props: { readonly installation: string; readonly defaultBus: IEventBusRef },
  ) {
    super(scope, id)
    this.emailConfigurationSet = props.installation
    const emails = new ConfigurationSet(this, 'Emails', {
      configurationSetName: props.installation,
      reputationMetrics: true,
      // A second net under our own suppression.
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    })
    emails.addEventDestination('DefaultBus', {
      destination: EventDestination.eventBus(props.defaultBus),
      events: EVENTS,
    })
    this.inboundTexts = new Topic(this, 'InboundTexts', {
      topicName: `${props.installation}-inbound-texts`,
      enforceSSL: true,
    })
    this.inboundTexts.grantPublish(new ServicePrincipal('sms-voice.amazonaws.com'))
    this.emailConfigurationSetArn = Stack.of(this).formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: props.installation,
      arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
    })
  }

  /** The events of a source that are about our messages: SES says whose they are, SMS cannot. */
  patternOf(source: string): EventPattern {
    if (source !== 'aws.ses') return { source: [source] }
    return { source: [source], detail: { mail: { tags: { 'ses:configuration-set': [this.emailConfigurationSet] } } } }
  }
}
