import { readFileSync } from 'node:fs'
import { App } from 'aws-cdk-lib'
import { Template } from 'aws-cdk-lib/assertions'
import { Code } from 'aws-cdk-lib/aws-lambda'
import { catalog } from '#functions/catalog.ts'
import type { Manifest } from '#functions/kit/manifest.ts'
import { type Installation, readInstallations } from '#infra/installations.ts'
import { ThroughlineStack } from '#infra/stack.ts'

// biome-ignore lint/suspicious/noExplicitAny: CloudFormation, of which each test looks at another place
export type Properties = any

/** What cdk.json tells CDK. */
export const { context } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'))

/** Settings that leave nothing out. */
export const EVERYTHING: Partial<Installation> = {
  region: 'eu-west-1',
  domain: {
    name: 'links.kaffi.example',
    certificate: 'arn:aws:acm:eu-west-1:111122223333:certificate/12345678-1234-1234-1234-123456789012',
  },
  key: 'own',
  sms: true,
  whatsapp: true,
  push: {
    application: 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
    google: 'kaffi/google',
    web: { contact: 'mailto:ops@kaffi.example', keys: 'kaffi/web-push' },
  },
  console: true,
  signIn: { prefix: 'kaffi-throughline' },
  alarms: 'ops@kaffi.example',
  budget: 50,
  tracing: true,
}

/** With nothing that may be left out; `changes` are what its settings say otherwise. */
export function aStack(changes: Partial<Installation> = {}, app = new App({ context })): ThroughlineStack {
  const [installation] = readInstallations('kaffi: { brand: examples/kaffi, from: hello@kaffi.example }')
  const code = Code.fromInline('export const handler = () => {}')
  return new ThroughlineStack(app, 'Stack', { installation: { ...installation!, ...changes }, code })
}

const templates = new Map<string, Template>()

/** The same one for the same changes: making one takes a second. */
export function aTemplate(changes: Partial<Installation> = {}): Template {
  const key = JSON.stringify(changes)
  const template = templates.get(key) ?? Template.fromStack(aStack(changes))
  templates.set(key, template)
  return template
}

/** Ids and properties of all resources of a type. */
export function all(template: Template, type: string): readonly (readonly [string, Properties])[] {
  return Object.entries(template.findResources(type)).map(([id, { Properties }]) => [id, Properties] as const)
}

/** What a reference refers to. */
export function idOf(reference: Properties): string {
  return reference['Fn::GetAtt']?.[0] ?? reference.Ref
}

export function propertiesOf(template: Template, reference: Properties): Properties {
  return template.toJSON().Resources[idOf(reference)].Properties
}

export function functionOf(template: Template, { name }: Manifest): readonly [string, Properties] {
  return all(template, 'AWS::Lambda::Function').find(
    ([, { FunctionName }]) => FunctionName === `throughline-kaffi-${name}`,
  )!
}

/** The statements of the role of a function. */
export function statementsOf(template: Template, manifest: Manifest): readonly Properties[] {
  const role = idOf(functionOf(template, manifest)[1].Role)
  return all(template, 'AWS::IAM::Policy').flatMap(([, { Roles, PolicyDocument }]) =>
    Roles.some((one: Properties) => idOf(one) === role) ? PolicyDocument.Statement : [],
  )
}

/** What the role of a function may, as `action resource`, the resource without account and region. */
export function rightsOf(template: Template, manifest: Manifest): readonly string[] {
  return statementsOf(template, manifest).flatMap(({ Action, Resource }: Properties) =>
    [Action].flat().flatMap((action) => [Resource].flat().map((resource) => `${action} ${nameOf(resource)}`)),
  )
}

/** An ARN without account and region, as far as it is known before it is deployed. */
export function nameOf(resource: Properties): string {
  if (typeof resource === 'string') return resource
  if (resource['Fn::Join'] === undefined) return idOf(resource)
  return resource['Fn::Join'][1].map((part: Properties) => (typeof part === 'string' ? part : idOf(part))).join('')
}

export function triggeredBy<On extends Manifest['trigger']['on']>(on: On): readonly Manifest[] {
  return catalog.filter(({ trigger }) => trigger.on === on)
}
