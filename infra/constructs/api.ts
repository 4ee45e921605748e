import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager'
import { Construct } from 'constructs'

/** The HTTP API. Other paths than a function's own are answered here, and cost no invocation. */
export class Api extends Construct {
  readonly url: string
  readonly #api: HttpApi
  readonly #token: Secret

  constructor(
    scope: Construct,
    id: string,
    { installation, token }: { readonly installation: string; readonly token: Secret },
  ) {
    super(scope, id)
    this.#api = new HttpApi(this, 'Api', { apiName: installation })
    this.#token = token
    this.url = this.#api.apiEndpoint
  }

  /** Who answers requests has to know the token that callers bring. */
  serve(target: IFunction, paths: readonly string[]): void {
    target.addToRolePolicy(
      new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [this.#token.secretArn] }),
    )
    const integration = new HttpLambdaIntegration('Integration', target)
    for (const path of paths)
      for (const route of [path, `${path}/{proxy+}`])
        this.#api.addRoutes({ path: route, methods: [HttpMethod.ANY], integration })
  }
}
