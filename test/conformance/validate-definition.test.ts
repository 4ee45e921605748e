import { describe, expect, it } from 'vitest'
import type { Definition } from '#shared/world/machines.ts'
import { validateDefinition } from './validate-definition.ts'

const SOUND: Definition = {
  QueryLanguage: 'JSONata',
  StartAt: 'Wait',
  States: { Wait: { Type: 'Wait', Seconds: '{% $states.input %}', Next: 'End' }, End: { Type: 'Succeed' } },
}

describe('validateDefinition', () => {
  it('finds nothing in a sound definition, and leaves it as it is', async () => {
    const before = structuredClone(SOUND)
    expect(await validateDefinition(SOUND)).toEqual([])
    expect(SOUND).toEqual(before)
  })

  it.each([
    ['a dangling transition', { Wait: { Type: 'Wait', Seconds: 1, Next: 'Nowhere' }, End: { Type: 'Succeed' } }],
    ['a bad expression', { Wait: { Type: 'Wait', Seconds: '{% 1 + %}', Next: 'End' }, End: { Type: 'Succeed' } }],
    [
      'a field of the other language',
      { Wait: { Type: 'Wait', SecondsPath: '$.s', Next: 'End' }, End: { Type: 'Succeed' } },
    ],
  ])('finds %s', async (_what, States) => {
    expect(await validateDefinition({ ...SOUND, States })).not.toEqual([])
  })
})
