import type { Template } from 'aws-cdk-lib/assertions'
import { catalog } from '#functions/catalog.ts'
import { functionOf, type Properties, statementsOf } from '../infra/a-template.ts'
import { arnOf, ENVIRONMENT, PSEUDO_PARAMETERS } from './installation.ts'
import type { Statement } from './policy.ts'

/** What a function gets with its deployment, with the names and ARNs that the stage's installation has. */
export interface Deployed {
  readonly environment: Readonly<Record<string, string>>
  /** What its role may. */
  readonly statements: readonly Statement[]
}

/** Each function of the catalog, by its name. */
export function deployedFunctions(template: Template): ReadonlyMap<string, Deployed> {
  return new Map(
    catalog.map((manifest) => {
      const [, { Environment }] = functionOf(template, manifest)
      const names = namesIn(Environment.Variables)
      const resolve = (value: Properties): string => resolved(value, names)
      const statements = statementsOf(template, manifest).map((statement) => readStatement(statement, resolve))
      const variables = Object.entries(Environment.Variables).map(([name, value]) => [name, resolve(value)])
      return [manifest.name, { environment: Object.fromEntries(variables), statements }]
    }),
  )
}

function readStatement(
  { Effect, Action, Resource, Condition = {} }: Properties,
  resolve: (value: Properties) => string,
): Statement {
  if (Effect !== 'Allow') throw new Error('The stage reckons with statements that allow.')
  const lists = (keys: object) => Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, [value].flat()]))
  return {
    actions: [Action].flat(),
    resources: [Resource].flat().map(resolve),
    conditions: Object.fromEntries(
      Object.entries(Condition).map(([operator, keys]) => [operator, lists(keys as object)]),
    ),
  }
}

/** What a reference of the template stands for once it is deployed, by `Table` or `Table.Arn`. */
type Names = ReadonlyMap<string, string>

/**
 * A function finds the table by the name in its environment: so what the template writes there is what the stage has
 * there. The ARNs of what is found by its name follow from that.
 */
function namesIn(variables: Readonly<Record<string, Properties>>): Names {
  const names = new Map(Object.entries(PSEUDO_PARAMETERS))
  for (const [variable, name] of Object.entries(ENVIRONMENT)) {
    const reference = referenceIn(variables[variable])
    if (reference !== undefined) names.set(reference, name)
    if (variable === 'TABLE_NAME') names.set(`${reference}.Arn`, arnOf('dynamodb', `table/${name}`))
    if (variable === 'BUS_NAME') names.set(`${reference}.Arn`, arnOf('events', `event-bus/${name}`))
  }
  return names
}

function referenceIn(value: Properties): string | undefined {
  return value?.Ref ?? value?.['Fn::GetAtt']?.join('.')
}

/** What no function knows, such as its log, keeps the name that it has in the template. */
function resolved(value: Properties, names: Names): string {
  if (typeof value === 'string') return value
  const reference = referenceIn(value)
  if (reference !== undefined) return names.get(reference) ?? reference
  const [separator, parts] = value['Fn::Join']
  return parts.map((part: Properties) => resolved(part, names)).join(separator)
}
