import { join } from 'node:path'
import { DefaultStackSynthesizer, Duration, Fn, RemovalPolicy, Stack, Token } from 'aws-cdk-lib'
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  S3OriginAccessControl,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import { BlockPublicAccess, Bucket, BucketEncryption, type CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3'
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment'
import { Construct } from 'constructs'
import type { Environment } from '#functions/aws/environment.ts'
import { Impossible } from '#shared/errors/errors.ts'
import { contentPolicy, HEADERS } from '../../console/headers.ts'
import { acknowledge } from '../acknowledge.ts'
import type { Installation } from '../installations.ts'
import { SignIn, signInUrl } from './sign-in.ts'

const SITE = join(import.meta.dirname, '../../console/site')

export interface ConsoleProps {
  readonly installation: Installation
  /** Of the address where people sign in. */
  readonly prefix: string
  /** The HTTP API's own address. */
  readonly apiUrl: string
}

/**
 * The console: files behind CloudFront, and the API under the same host, so that no page of another origin ever has to
 * be let in.
 */
export class Console extends Construct {
  readonly url: string
  readonly signInUrl: string
  readonly signIn: SignIn

  constructor(scope: Construct, id: string, { installation, prefix, apiUrl }: ConsoleProps) {
    super(scope, id)
    const { stack } = installation
    this.signInUrl = signInUrl(prefix, Stack.of(this).region)
    const files = makeBucket(this)
    const distribution = makeDistribution(this, { stack, files, apiUrl, headers: this.#headers(stack) })
    this.url = `https://${distribution.distributionDomainName}/`
    this.signIn = new SignIn(this, 'SignIn', { installation, prefix, home: this.url })
    this.#fill(files)
  }

  /** As the stack tells them. */
  get outputs(): readonly (readonly [name: string, value: string, description?: string])[] {
    return [
      ['ConsoleUrl', this.url, 'For marketers, agents and ops.'],
      ['UserPoolId', this.signIn.pool.userPoolId, 'Who may use the console; its groups are their roles.'],
      ['UserPoolClientId', this.signIn.client.userPoolClientId],
      ['SignInUrl', this.signInUrl],
    ]
  }

  /** What the API has to know, to tell people apart. */
  get environment(): Pick<Environment, 'USER_POOL_ID' | 'USER_POOL_CLIENT_ID'> {
    const { pool, client } = this.signIn
    return { USER_POOL_ID: pool.userPoolId, USER_POOL_CLIENT_ID: client.userPoolClientId }
  }

  #headers(stack: string): ResponseHeadersPolicy {
    const always = { override: true }
    return new ResponseHeadersPolicy(this, 'Headers', {
      responseHeadersPolicyName: `${stack}-console-${Stack.of(this).region}`,
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy: contentPolicy(this.signInUrl), ...always },
        contentTypeOptions: always,
        frameOptions: { frameOption: HeadersFrameOption.DENY, ...always },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, ...always },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(730), includeSubdomains: true, ...always },
      },
      customHeadersBehavior: {
        customHeaders: OTHER_HEADERS.map((header) => ({ header, value: HEADERS[header], ...always })),
      },
    })
  }

  #fill(files: IBucket): void {
    const { userPoolClientId: client } = this.signIn.client
    new BucketDeployment(this, 'Files', {
      destinationBucket: files,
      sources: [Source.asset(SITE), Source.jsonData('settings.json', { signIn: { url: this.signInUrl, client } })],
      // CloudFront asks for each whether it has changed, so that no page is of two releases.
      cacheControl: [CacheControl.noCache()],
    })
    acceptCopying(this, files)
  }
}

/** Where nobody signs in, there is none. */
export function consoleOf(scope: Construct, id: string, props: Omit<ConsoleProps, 'prefix'>): Console | undefined {
  const { prefix } = props.installation.signIn ?? {}
  return prefix === undefined ? undefined : new Console(scope, id, { ...props, prefix })
}

/** CDK's own function that copies the files: its code, runtime and rights are CDK's. */
function acceptCopying(scope: Construct, files: IBucket): void {
  const stack = Stack.of(scope)
  const copying = stack.node.children.find(({ node }) => node.id.startsWith('Custom::CDKBucketDeployment'))
  if (copying === undefined) throw new Impossible('infra.no-copying', 'CDK copies files with a function of its own.')
  const accept = (rule: string, reason: string): void => acknowledge(copying, rule, reason)
  accept(
    'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
    'CDK gives its function the right to write its log by this policy.',
  )
  const bucket = stack.getLogicalId(files.node.defaultChild as CfnBucket)
  const name = (value: string, token: string): string => (Token.isUnresolved(value) ? `<AWS::${token}>` : value)
  const { bootstrapQualifier = DefaultStackSynthesizer.DEFAULT_QUALIFIER } = stack.synthesizer
  const assets = `s3:::cdk-${bootstrapQualifier}-assets-${name(stack.account, 'AccountId')}-${name(stack.region, 'Region')}`
  for (const actions of ['GetObject', 'GetBucket', 'List', 'DeleteObject', 'Abort'])
    accept(`IAM5[Action::s3:${actions}*]`, 'CDK groups what its function may with the two buckets.')
  for (const objects of [`<${bucket}.Arn>`, `arn:${name(stack.partition, 'Partition')}:${assets}`])
    accept(`IAM5[Resource::${objects}/*]`, 'It copies all files of the one bucket to the other.')
  accept('L1', 'CDK says which runtime its function has.')
}

const OTHER_HEADERS = ['cross-origin-opener-policy', 'cross-origin-resource-policy', 'permissions-policy'] as const

function makeBucket(scope: Construct): IBucket {
  const bucket = new Bucket(scope, 'Bucket', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    // Nothing is in it that another deployment does not bring again.
    removalPolicy: RemovalPolicy.DESTROY,
    autoDeleteObjects: true,
  })
  acknowledge(
    bucket,
    'S1',
    'It holds the files of an open-source page; what people read and do is logged where the API is.',
  )
  // CDK's own types do not distinguish an absent property from an undefined one.
  return bucket as IBucket
}

/** What CloudFront would keep for ten seconds and give to the next who asks, whatever the cache policy says. */
const REFUSALS = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504]

interface Behind {
  readonly stack: string
  readonly files: IBucket
  readonly apiUrl: string
  readonly headers: ResponseHeadersPolicy
}

function makeDistribution(scope: Construct, { stack, files, apiUrl, headers }: Behind): Distribution {
  const secure = {
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    responseHeadersPolicy: headers,
  }
  const originAccessControl = new S3OriginAccessControl(scope, 'Access', {
    originAccessControlName: `${stack}-console-${Stack.of(scope).region}`,
  })
  const distribution = new Distribution(scope, 'Distribution', {
    comment: 'The console of Throughline',
    defaultRootObject: 'index.html',
    httpVersion: HttpVersion.HTTP2_AND_3,
    defaultBehavior: {
      ...secure,
      origin: S3BucketOrigin.withOriginAccessControl(files, { originAccessControl }),
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
    },
    additionalBehaviors: {
      '/v1/*': {
        ...secure,
        origin: new HttpOrigin(Fn.parseDomainName(apiUrl), { protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY }),
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        // All that came with a request, the authorisation too, but for the name of this host.
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      },
    },
    errorResponses: REFUSALS.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
  })
  const accept = (rule: string, reason: string): void => acknowledge(distribution, rule, reason)
  accept('CFR1', 'Colleagues may travel; whoever signs in is known.')
  accept('CFR2', 'WAF costs more a month than all the rest; the API is throttled, and sign-in is on Cognito.')
  accept('CFR3', 'It serves the files of an open-source page; the API logs each of its requests.')
  accept('CFR4', 'The certificate is of CloudFront, for its own host; every browser of today agrees on TLS 1.3.')
  return distribution
}
