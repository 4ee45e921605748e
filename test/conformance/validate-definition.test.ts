import { describe, expect, it } from 'vitest'
import type { Definition } from '#shared/world/machines.ts'
import { byAslValidator, byLanguageService, validateDefinition } from './validate-definition.ts'

const SOUND: Definition = {
  QueryLanguage: 'JSONata',
  StartAt: 'Wait',
  States: { Wait: { Type: 'Wait', Seconds: '{% $states.input %}', Next: 'End' }, End: { Type: 'Succeed' } },
}

const End = { Type: 'Succeed' }
const DANGLING = { Wait: { Type: 'Wait', Seconds: 1, Next: 'Nowhere' }, End }
const UNREACHED = {
  Wait: { Type: 'Wait', Seconds: 1, Next: 'End' },
  Alone: { Type: 'Wait', Seconds: 1, End: true },
  End,
}

describe('validateDefinition', () => {
  it('finds nothing in a sound definition, and leaves it as it is', async () => {
    const before = structuredClone(SOUND)
    expect(await validateDefinition(SOUND)).toEqual([])
    expect(SOUND).toEqual(before)
  })
})

describe('byAslValidator', () => {
  it.each([
    ['a dangling transition', DANGLING],
    ['a state that nothing leads to', UNREACHED],
    ['a bad expression', { Wait: { Type: 'Wait', Seconds: '{% 1 + %}', Next: 'End' }, End }],
    ['a field of the other language', { Wait: { Type: 'Wait', SecondsPath: '$.s', Next: 'End' }, End }],
  ])('finds %s', async (_what, States) => {
    expect(await byAslValidator({ ...SOUND, States })).not.toEqual([])
  })
})

describe('byLanguageService', () => {
  it.each([
    ['a dangling transition', DANGLING],
    ['a state that nothing leads to', UNREACHED],
    ['a kind of state that there is not', { Wait: { Type: 'Pause', Next: 'End' }, End }],
    ['a machine without an end', { Wait: { Type: 'Wait', Seconds: 1, Next: 'Wait' } }],
    ['a catcher that leads nowhere', { Wait: { ...aTask(), Catch: [{ ErrorEquals: ['A'], Next: 'Nowhere' }] }, End }],
    ['a retrier without errors', { Wait: { ...aTask(), Retry: [{ MaxAttempts: 1 }] }, End }],
  ])('finds %s', async (_what, States) => {
    expect(await byLanguageService({ ...SOUND, States })).not.toEqual([])
  })
})

function aTask() {
  return { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: 'f' }, Next: 'End' }
}
