import { Stack } from 'aws-cdk-lib'
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import { Topic } from 'aws-cdk-lib/aws-sns'
import type { Construct } from 'constructs'

interface TopicProps {
  readonly topicName: string
  /** The service of AWS that writes to it: `cloudwatch`. */
  readonly writer: string
  readonly key: IKey | undefined
}

/** A topic that takes nothing in clear, and nothing but what one service of AWS writes for this account. */
export function makeTopic(scope: Construct, id: string, { topicName, writer, key }: TopicProps): Topic {
  const topic = new Topic(scope, id, { topicName, enforceSSL: true, ...(key && { masterKey: key }) })
  // With a policy of its own a topic takes nothing from anybody who is not named.
  topic.addToResourcePolicy(
    new PolicyStatement({
      actions: ['sns:Publish'],
      principals: [new ServicePrincipal(`${writer}.amazonaws.com`)],
      resources: [topic.topicArn],
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  )
  return topic
}
