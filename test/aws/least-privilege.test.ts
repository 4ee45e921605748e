import { beforeAll, describe, expect, inject, it } from 'vitest'
import { catalog } from '#functions/catalog.ts'
import { aTemplate, EVERYTHING } from '../infra/a-template.ts'
import { allowancesOf, usesOf } from './allowances.ts'
import { deployedFunctions } from './deployed-functions.ts'
import { everyLife, type Witnessed } from './every-life.ts'
import { ENVIRONMENT } from './installation.ts'
import { isAllowed } from './policy.ts'
import { isOf, routes } from './routes.ts'

/*
 * What each function may do and what it does: neither is more than the other. Everything that the tests know to happen
 * happens through the adapters of AWS, each call in the name of the function that makes it, and is held against the role
 * that this function is deployed with.
 */

const deployed = deployedFunctions(aTemplate(EVERYTHING))

let witnessed: Witnessed = { calls: [], asked: [] }
beforeAll(async () => {
  witnessed = await everyLife(inject('dynamoDb'))
}, 300_000)

const FIRST_OR_NEW = new Set([
  'StateMachineDoesNotExist',
  'ConditionalCheckFailedException',
  'TransactionCanceledException',
  'ExecutionAlreadyExists',
  'TaskTimedOut',
])

describe.each(catalog)('$name', ({ name }) => {
  const { statements, environment } = deployed.get(name) ?? { statements: [], environment: {} }
  const calls = () => witnessed.calls.filter((call) => call.function === name)
  const rights = () => calls().flatMap((call) => call.rights)

  it('has the environment that it has here', () => {
    const { NODE_OPTIONS: _, ...variables } = environment
    expect(Object.keys(variables).sort()).toEqual(Object.keys(ENVIRONMENT).sort())
  })

  it('may do all that it does', () => {
    const denied = rights().filter((right) => !isAllowed(right, statements))
    expect([...new Set(denied.map(({ action, resource }) => `${action} ${resource}`))]).toEqual([])
    expect(calls().length).toBeGreaterThan(0)
  })

  it('does all that it may', () => {
    const used = usesOf(statements, rights())
    const unused = [...allowancesOf(statements)].filter((one) => !used.has(one))
    expect(unused).toEqual([])
  })
})

describe('what happens here', () => {
  it('is asked for on every route of the HTTP API', () => {
    const missing = routes().filter((route) => !witnessed.asked.some((asked) => isOf(route, asked)))
    expect(missing).toEqual([])
  })

  it('is refused only where somebody was first, or something is new', () => {
    const refused = witnessed.calls.filter(({ outcome }) => outcome === 'refused')
    const reasons = [...new Set(refused.map(({ error }) => error))]
    expect(reasons).toContain('StateMachineDoesNotExist')
    expect(reasons.filter((reason) => !FIRST_OR_NEW.has(reason ?? ''))).toEqual([])
  })
})
