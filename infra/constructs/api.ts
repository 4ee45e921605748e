import { RemovalPolicy } from 'aws-cdk-lib'
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway'
import { DomainName, HttpApi, HttpMethod, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import { LogGroup } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { acknowledge } from '../acknowledge.ts'
import type { Installation } from '../installations.ts'

/** Requests a second: what more come are refused (429) and cost nothing, so that nobody can run up a bill. */
const THROTTLE = { rateLimit: 1_000, burstLimit: 2_000 }

/** Neither path nor address: links in messages say who she is. */
const LOGGED = AccessLogFormat.custom(
  JSON.stringify({
    at: '$context.requestTime',
    request: '$context.requestId',
    route: '$context.routeKey',
    status: '$context.status',
    milliseconds: '$context.responseLatency',
    bytes: '$context.responseLength',
    error: '$context.integrationErrorMessage',
  }),
)

/** The HTTP API. Other paths than a function's own are answered here, and cost no invocation. */
export class Api extends Construct {
  readonly url: string
  /** What CloudWatch knows it by. */
  readonly apiId: string
  /** Where the DNS of the installation's own domain has to lead, if it has one. */
  readonly domainTarget: string | undefined
  readonly #api: HttpApi

  constructor(scope: Construct, id: string, { stack, logs, domain }: Installation) {
    super(scope, id)
    this.#api = new HttpApi(this, 'Api', { apiName: stack, createDefaultStage: false })
    const log = new LogGroup(this, 'Log', {
      logGroupName: `/aws/vendedlogs/api/${stack}`,
      retention: logs,
      removalPolicy: RemovalPolicy.DESTROY,
    })
    const domainName = domain && this.#domain(domain)
    this.domainTarget = domainName?.regionalDomainName
    new HttpStage(this, 'Stage', {
      httpApi: this.#api,
      autoDeploy: true,
      throttle: THROTTLE,
      accessLogSettings: { destination: new LogGroupLogDestination(log), format: LOGGED },
      ...(domainName && { domainMapping: { domainName } }),
    })
    this.url = this.#api.apiEndpoint
    this.apiId = this.#api.apiId
    acknowledge(this.#api, 'APIG4', 'The functions themselves hold who may what on each route; links prove themselves.')
  }

  /** A more specific path wins over another function's. */
  serve(target: IFunction, paths: readonly string[]): void {
    const integration = new HttpLambdaIntegration('Integration', target)
    for (const path of paths)
      for (const route of [path, `${path}/{proxy+}`])
        this.#api.addRoutes({ path: route, methods: [HttpMethod.ANY], integration })
  }

  #domain({ name, certificate }: NonNullable<Installation['domain']>): DomainName {
    return new DomainName(this, 'Domain', {
      domainName: name,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificate),
    })
  }
}
