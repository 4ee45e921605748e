import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2'
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations'
import type { IFunction } from 'aws-cdk-lib/aws-lambda'
import { Construct } from 'constructs'

/** The HTTP API. Other paths than a function's own are answered here, and cost no invocation. */
export class Api extends Construct {
  readonly url: string
  readonly #api: HttpApi

  constructor(scope: Construct, id: string, { installation }: { readonly installation: string }) {
    super(scope, id)
    this.#api = new HttpApi(this, 'Api', { apiName: installation })
    this.url = this.#api.apiEndpoint
  }

  serve(target: IFunction, paths: readonly string[]): void {
    const integration = new HttpLambdaIntegration('Integration', target)
    for (const path of paths)
      for (const route of [path, `${path}/{proxy+}`])
        this.#api.addRoutes({ path: route, methods: [HttpMethod.ANY], integration })
  }
}
