import { describe, expect, it } from 'vitest'
import { catalog } from '#functions/catalog.ts'
import {
  all,
  aTemplate,
  EVERYTHING,
  functionOf,
  idOf,
  nameOf,
  type Properties,
  rightsOf,
  triggeredBy,
} from './a-template.ts'

const template = aTemplate({ sms: true })

describe('rights', () => {
  it('are stars only where AWS knows no name beforehand', () => {
    const stars = new Set(
      catalog
        .flatMap((manifest) => rightsOf(template, manifest))
        .filter((right) => right.includes('*'))
        .map((right) => right.replace(/.*:(?=[^:]*\*)/, '')),
    )
    expect([...stars].sort()).toEqual([
      // Whoever has a task's token may end that task; AWS knows no resource for it.
      'SendTaskFailure *',
      'SendTaskSuccess *',
      // The numbers that brand.yaml names.
      'phone-number/*',
      'sender-id/*',
      // The machines of journeys, made when these are published.
      'throughline-kaffi_*',
    ])
  })

  it('to send are limited to the domain of the sender', () => {
    const [sender] = catalog.filter(({ may }) => may.includes('send:email'))
    const identities = rightsOf(template, sender!).filter((right) => right.includes('identity/'))
    expect(identities.map((right) => right.split('identity/')[1]).sort()).toEqual([
      'hello@kaffi.example',
      'kaffi.example',
    ])
  })

  it('to push come with the application that is pushed through', () => {
    const actions = all(aTemplate(EVERYTHING), 'AWS::IAM::Policy').flatMap(
      ([, { PolicyDocument }]) => PolicyDocument.Statement,
    )
    const push = actions.filter(({ Action }: Properties) => Action === 'mobiletargeting:SendMessages')
    expect(push.map(({ Resource }: Properties) => nameOf(Resource).split('apps/')[1])).toEqual(
      push.map(() => `${EVERYTHING.push?.application}/messages`),
    )
    expect(push.length).toBeGreaterThan(0)
  })

  it('of a machine are to call the functions of steps, and to log', () => {
    const [, role] = all(template, 'AWS::IAM::Role').find(([, { AssumeRolePolicyDocument }]) =>
      JSON.stringify(AssumeRolePolicyDocument).includes('states.amazonaws.com'),
    )!
    expect(role.AssumeRolePolicyDocument.Statement[0].Condition.StringEquals).toHaveProperty('aws:SourceAccount')
    const [, { PolicyDocument }] = all(template, 'AWS::IAM::Policy').find(([id]) => id.startsWith('MachinesRole'))!
    const [calls, ...others] = PolicyDocument.Statement.toSorted((one: Properties) => (one.Resource === '*' ? 1 : -1))
    expect(calls.Action).toBe('lambda:InvokeFunction')
    expect(
      others.flatMap(({ Action }: Properties) => Action).filter((action: string) => !/^logs:/.test(action)),
    ).toEqual([])
    expect(calls.Resource.map(idOf).sort()).toEqual(
      triggeredBy('task')
        .map((manifest) => functionOf(template, manifest)[0])
        .sort(),
    )
  })

  it('to make machines are those of one function alone', () => {
    const making = catalog.filter((manifest) =>
      rightsOf(template, manifest).some((right) => /CreateStateMachine/.test(right)),
    )
    expect(making.map(({ name }) => name)).toEqual(['publish-brand'])
  })

  it('of whoever takes events reach no customer', () => {
    const [collecting] = catalog.filter(({ name }) => name === 'collect-events')
    const actions = rightsOf(template, collecting!).map((right) => right.split(' ')[0])
    expect(actions.filter((action) => action!.startsWith('dynamodb'))).toEqual(['dynamodb:PutItem'])
    expect(JSON.stringify(all(template, 'AWS::IAM::Policy'))).toContain('"dynamodb:LeadingKeys":["X"]')
  })
})
