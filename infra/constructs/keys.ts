import { RemovalPolicy } from 'aws-cdk-lib'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { Construct } from 'constructs'
import { acknowledge } from '../acknowledge.ts'
import type { Installation } from '../installations.ts'

const CHARACTERS = 64

/** The secrets of an installation, drawn once by AWS; nobody needs to see them, but for the token of the API. */
export class Keys extends Construct {
  readonly linkKey: Secret
  readonly webhookKey: Secret
  readonly apiToken: Secret

  constructor(
    scope: Construct,
    id: string,
    { installation: { retain }, key }: { readonly installation: Installation; readonly key: IKey | undefined },
  ) {
    super(scope, id)
    const draw = (name: string, description: string): Secret => {
      const secret = new Secret(this, name, {
        description,
        generateSecretString: { passwordLength: CHARACTERS, excludePunctuation: true },
        ...(key && { encryptionKey: key }),
        // One that nobody has used yet does not outlive a first deployment that failed: it costs.
        removalPolicy: retain ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
      })
      acknowledge(
        secret,
        'SMG4',
        'With another key, links and identifiers of before would be lost; callers keep the token.',
      )
      return secret
    }
    this.linkKey = draw(
      'LinkKey',
      'Signs links in messages and hashes identifiers: with another, no customer is found any more.',
    )
    this.webhookKey = draw('WebhookKey', 'Signs webhooks; whoever receives them checks with "whsec_" and this.')
    this.apiToken = draw('ApiToken', 'What callers of the HTTP API send as "Authorization: Bearer …".')
  }
}
