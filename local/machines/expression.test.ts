import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '#shared/world/table.ts'
import { compileExpression, parseExpression, type Scope } from './expression.ts'

const NOW = Date.UTC(2026, 10, 21, 12)

function scope(bindings: Scope['bindings'] = {}): Scope {
  return { bindings, now: NOW, random: () => 0.5 }
}

const evaluate = (source: string, bindings?: Scope['bindings']) => compileExpression(source).evaluate(scope(bindings))

describe('compileExpression', () => {
  it('gives plain JSON, without the flags of JSONata', async () => {
    const value = await evaluate('{"list": $states.input.items[n > 1].n}', {
      states: { input: { items: [{ n: 1 }, { n: 2 }, { n: 3 }] } },
    })
    const { list } = value as { list: Json[] }
    expect(value).toEqual({ list: [2, 3] })
    expect(Object.keys(list)).toEqual(['0', '1'])
  })

  it('can be evaluated many times at once', async () => {
    const expression = compileExpression('$n * 2')
    const doubled = await Promise.all([1, 2, 3].map((n) => expression.evaluate(scope({ n }))))
    expect(doubled).toEqual([2, 4, 6])
  })

  it.each([
    ['$now()', '2026-11-21T12:00:00.000Z'],
    ["$now('[Y]-[M01]')", '2026-11'],
    ["$now('[H01]:[m01]', '+0200')", '14:00'],
    ['$millis()', NOW],
  ])('takes the time of the scope: %s', async (source, value) => {
    expect(await evaluate(source)).toBe(value)
  })

  it.each(['$eval("1+1")', '$states ?? 1', '$states ?: 1', '$sum', '{"a": $sum}'])('refuses %s', async (source) => {
    await expect(evaluate(source)).rejects.toThrow()
  })

  it('has no input: neither $ nor a bare name is anything', async () => {
    await expect(evaluate('$')).rejects.toThrow('returned nothing')
    await expect(evaluate('$$')).rejects.toThrow('returned nothing')
    await expect(evaluate('customer')).rejects.toThrow('returned nothing')
  })

  it('leaves all other objects alone, whatever the names in the data', async () => {
    const data: Json = JSON.parse('{"__proto__": {"polluted": 1}, "key": "__proto__"}')
    await evaluate('[$merge([$data, {"a": 1}]), $data{key: $}, $data.*, $spread($data)]', { data })
    expect(await evaluate('$data.__proto__', { data })).toEqual({ polluted: 1 })
    expect({}).not.toHaveProperty('polluted')
  })

  it('never lets out the state of the evaluation', async () => {
    await expect(evaluate('$`(evaluation)`')).rejects.toThrow()
    await expect(evaluate('`(evaluation)`')).rejects.toThrow('returned nothing')
  })
})

describe('limits', () => {
  it('end an endless loop after a second, and only that one', async () => {
    const loop = evaluate('($f := function($n) { $f($n + 1) }; $f(0))')
    const quick = compileExpression('$n')
    expect(await quick.evaluate(scope({ n: 1 }))).toBe(1)
    await expect(loop).rejects.toThrow('threw an error during evaluation: Expression evaluation timeout')
  })

  it('end a recursion at a depth of 100, as on AWS', async () => {
    const sum = (terms: number) => Array.from({ length: terms }, () => '1').join('+')
    expect(await evaluate(sum(100))).toBe(100)
    await expect(evaluate(sum(101))).rejects.toThrow('Depth=101 max=100')
    await expect(evaluate('($f := function($n) { 1 + $f($n) }; $f(0))')).rejects.toThrow('Stack overflow error')
  })
})

describe('a path from a variable', () => {
  const NAMES = ['a', 'b', 'in', 'x1'] as const
  const json = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom<Json>(null, true, 0, 'text', [], {}),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...NAMES), tie('value')),
    ),
  })).value

  it('has the value that JSONata gives it', async () => {
    await fc.assert(
      fc.asyncProperty(json, fc.array(fc.constantFrom(...NAMES), { maxLength: 4 }), async (value, names) => {
        const source = ['$v', ...names].join('.')
        const expected = await parseExpression(source).evaluate(undefined, { v: value, '(evaluation)': limitless() })
        const found = await evaluate(source, { v: value }).catch(() => undefined)
        expect(JSON.stringify(found)).toBe(JSON.stringify(expected))
      }),
      { numRuns: 500 },
    )
  })

  it('sees own members only', async () => {
    await expect(evaluate('$v.constructor', { v: {} })).rejects.toThrow('returned nothing')
    await expect(evaluate('$constructor')).rejects.toThrow('returned nothing')
  })

  function limitless() {
    return { scope: scope(), depth: Number.NEGATIVE_INFINITY, deadline: Number.POSITIVE_INFINITY }
  }
})
