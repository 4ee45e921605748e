import type { Template } from 'aws-cdk-lib/assertions'
import { describe, expect, it } from 'vitest'
import { Environment } from '#functions/aws/environment.ts'
import { catalog } from '#functions/catalog.ts'
import { aTemplate, EVERYTHING, functionOf, propertiesOf, rightsOf } from './a-template.ts'

const template = aTemplate({ sms: true })
const least = aTemplate()
const whole = aTemplate(EVERYTHING)

describe.each(catalog)('the function $name', (manifest) => {
  it('is deployed as its manifest says', () => {
    expect(functionOf(template, manifest)[1]).toMatchObject({
      Handler: `${manifest.name}/handler.handler`,
      Timeout: manifest.timeoutSeconds,
      MemorySize: manifest.memoryMb,
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Description: manifest.does,
    })
  })

  it('has what it takes its world from', () => {
    const told = (of: Template) => {
      const { NODE_OPTIONS: _, ...variables } = functionOf(of, manifest)[1].Environment.Variables
      return Object.keys(variables).sort()
    }
    const all = Object.entries(Environment.shape)
    const required = all.filter(([, schema]) => schema._zod.optin !== 'optional').map(([name]) => name)
    expect(told(least)).toEqual(required.sort())
    expect(told(whole)).toEqual(all.map(([name]) => name).sort())
  })

  it('may nothing on everything, but end the task whose token it has', () => {
    const rights = rightsOf(template, manifest)
    expect(rights.length).toBeGreaterThan(0)
    expect(rights.filter((right) => !/^states:SendTask/.test(right) && /^\*|:\* |\* \*$| \*$/.test(right))).toEqual([])
  })

  it.each([
    ['table:write', /^dynamodb:(Update|Delete)Item /],
    ['table:read', /^dynamodb:(GetItem|Query|Scan) /],
    ['bus:publish', /^events:PutEvents /],
    ['machines:publish', /^states:(Create|Update)StateMachine |^iam:PassRole /],
    ['machines:start', /^states:StartExecution /],
    ['machines:resume', /^states:SendTask/],
    ['send:email', /^ses:/],
    ['send:sms', /^sms-voice:/],
    ['send:push', /^mobiletargeting:/],
    ['secrets:link-key', /^secretsmanager:GetSecretValue .*LinkKey/],
    ['secrets:webhook-key', /^secretsmanager:GetSecretValue .*WebhookKey/],
    ['secrets:api-token', /^secretsmanager:GetSecretValue .*ApiToken/],
  ] as const)('has the rights of %s only if its manifest asks for it', (permission, right) => {
    const isAsked = manifest.may.includes(permission) && permission !== 'send:push'
    expect(rightsOf(template, manifest).some((one) => right.test(one))).toBe(isAsked)
  })

  it('keeps its logs for a limited time', () => {
    const group = propertiesOf(template, functionOf(template, manifest)[1].LoggingConfig.LogGroup)
    expect(group).toMatchObject({ LogGroupName: `/aws/lambda/throughline-kaffi-${manifest.name}`, RetentionInDays: 30 })
  })
})
