import type { Template } from 'aws-cdk-lib/assertions'
import { describe, expect, it } from 'vitest'
import { catalog } from '#functions/catalog.ts'
import { all, aTemplate, EVERYTHING, functionOf, idOf, triggeredBy } from './a-template.ts'

const template = aTemplate()

describe('the API', () => {
  it.each(triggeredBy('http'))('sends the paths of $name to it', (manifest) => {
    const { trigger } = manifest
    const integrations = all(template, 'AWS::ApiGatewayV2::Integration')
      .filter(([, { IntegrationUri }]) => idOf(IntegrationUri) === functionOf(template, manifest)[0])
      .map(([id]) => id)
    const routes = all(template, 'AWS::ApiGatewayV2::Route').filter(([, { Target }]) =>
      integrations.some((id) => JSON.stringify(Target).includes(id)),
    )
    const keys = routes.map(([, { RouteKey }]) => RouteKey)
    const paths = trigger.on === 'http' ? trigger.paths : []
    expect(keys.sort()).toEqual(paths.flatMap((path) => [`ANY ${path}`, `ANY ${path}/{proxy+}`]).sort())
  })

  it('is where links point, unless a domain leads to it', () => {
    const urls = (of: Template) =>
      new Set(catalog.map((manifest) => JSON.stringify(functionOf(of, manifest)[1].Environment.Variables.PUBLIC_URL)))
    expect([...urls(template)]).toEqual([expect.stringContaining('ApiEndpoint')])
    expect([...urls(aTemplate(EVERYTHING))]).toEqual(['"https://links.kaffi.example"'])
  })
})
