import { RemovalPolicy } from 'aws-cdk-lib'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { Construct } from 'constructs'

const CHARACTERS = 64

/** The secrets of an installation, drawn once by AWS; nobody needs to see them, but for the token of the API. */
export class Keys extends Construct {
  readonly linkKey: Secret
  readonly webhookKey: Secret
  readonly apiToken: Secret

  constructor(scope: Construct, id: string, { retain }: { readonly retain: boolean }) {
    super(scope, id)
    const draw = (name: string, description: string): Secret =>
      new Secret(this, name, {
        description,
        generateSecretString: { passwordLength: CHARACTERS, excludePunctuation: true },
        removalPolicy: retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
      })
    this.linkKey = draw(
      'LinkKey',
      'Signs links in messages and hashes identifiers: with another, no customer is found any more.',
    )
    this.webhookKey = draw('WebhookKey', 'Signs webhooks; whoever receives them checks with "whsec_" and this.')
    this.apiToken = draw('ApiToken', 'What callers of the HTTP API send as "Authorization: Bearer …".')
  }
}
