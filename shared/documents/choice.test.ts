import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { byKey, choice } from './choice.ts'
import { name, number } from './fields.ts'

const Step = byKey('step', {
  send: z.strictObject({ send: name, after: number.optional() }),
  wait: z.strictObject({ wait: number }),
})

const issuesOf = (value: unknown) => {
  const result = z.strictObject({ step: Step }).safeParse({ step: value })
  return result.success ? [] : result.error.issues.map(({ path, message }) => [path.join('.'), message])
}

describe('byKey', () => {
  it('reads the option whose key is there', () => {
    expect(Step.parse({ wait: '5' })).toEqual({ wait: 5 })
    expect(Step.parse({ send: 'hello', after: '5' })).toEqual({ send: 'hello', after: 5 })
  })

  it('reports what is wrong with that option alone', () => {
    expect(issuesOf({ send: 'hello', after: 'x' })).toEqual([['step.after', '"x" is not a number, as in 5 or 2.50.']])
  })

  it.each([
    [{ send: 'a', wait: '5' }, 'step.wait', '"send" and "wait" do not go together in one step.'],
    [{ sned: 'a' }, 'step.sned', '"sned" is not known here.'],
    [{ toString: 'a' }, 'step', 'This is no step.'],
    [{}, 'step', 'This is no step.'],
    ['send', 'step', 'This is no step.'],
    [null, 'step', 'This is no step.'],
  ])('refuses %j', (value, path, message) => {
    expect(issuesOf(value)).toEqual([[path, message]])
  })

  it('is a union in JSON Schema', () => {
    expect(z.toJSONSchema(Step, { io: 'input' })).toMatchObject({
      anyOf: [{ required: ['send'] }, { required: ['wait'] }],
    })
  })
})

describe('choice', () => {
  it('lets what was chosen stand, also where another option would fit', () => {
    const short = z.string().transform((text) => text.slice(0, 1))
    const long = z.string()
    const schema = choice([short, long], (value) => (String(value).startsWith('!') ? short : long))
    expect(['!x', 'xy'].map((text) => schema.parse(text))).toEqual(['!', 'xy'])
  })

  it('can be optional in a map', () => {
    const schema = z.strictObject({ step: Step.optional() })
    expect(schema.parse({})).toEqual({})
    expect(schema.safeParse({ step: 'x' }).success).toBe(false)
  })
})
