import { RemovalPolicy, Stack } from 'aws-cdk-lib'
import { AnyPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { Key } from 'aws-cdk-lib/aws-kms'
import type { Construct } from 'constructs'
import type { Installation } from '../installations.ts'

/** Whose callers need no right to the key itself, as with the keys that AWS manages: rights to the service suffice. */
const THROUGH = ['dynamodb', 'secretsmanager', 'sqs', 'sns']

/** Services that write to our topics by themselves, and tell the key for whom. */
const WRITERS = ['cloudwatch', 'sms-voice', 'social-messaging']

/**
 * Those that write to our queues. EventBridge does not tell the key for whom (docs.aws.amazon.com/sns/latest/dg/
 * sns-key-management.html says so of topics), so that a condition would lose every event; the queues ask for it.
 */
const DELIVERERS = ['events', 'sns']

const USE = ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*', 'kms:DescribeKey']

/** The installation's own key for what holds data, if it has one; else AWS's are used, which cost nothing. */
export function encryptionKey(scope: Construct, id: string, { stack, key, retain }: Installation): Key | undefined {
  if (key === 'aws') return undefined
  const { account, region } = Stack.of(scope)
  const own = new Key(scope, id, {
    alias: `alias/${stack}`,
    description: `Encrypts what ${stack} keeps: table, queues, topics and secrets.`,
    enableKeyRotation: true,
    removalPolicy: retain ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
  })
  const services = THROUGH.map((service) => `${service}.${region}.amazonaws.com`)
  own.addToResourcePolicy(
    new PolicyStatement({
      principals: [new AnyPrincipal()],
      actions: [...USE, 'kms:CreateGrant'],
      resources: ['*'],
      conditions: { StringEquals: { 'kms:CallerAccount': account, 'kms:ViaService': services } },
    }),
  )
  const writing = (names: readonly string[]) => ({
    principals: names.map((service) => new ServicePrincipal(`${service}.amazonaws.com`)),
    actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
    resources: ['*'],
  })
  const forUs = { StringEquals: { 'aws:SourceAccount': account } }
  own.addToResourcePolicy(new PolicyStatement({ ...writing(WRITERS), conditions: forUs }))
  own.addToResourcePolicy(new PolicyStatement(writing(DELIVERERS)))
  return own
}
