import { describe, expect, it } from 'vitest'
import { compileExpression } from './expression.ts'

const evaluate = (source: string) => compileExpression(source).evaluate({ bindings: {}, now: 0, random: () => 0.25 })

describe('the functions that Step Functions adds', () => {
  it.each([
    ['$partition([1,2,3,4,5], 2)', [[1, 2], [3, 4], [5]]],
    ['$partition([1,2,3], 2.9)', [[1, 2], [3]]],
    ['$range(0, 6, 2)', [0, 2, 4, 6]],
    ['$range(5, 0, -2)', [5, 3, 1]],
    ['$range(-1.7, 1, 1)', [-1, 0, 1]],
    ['$range(3, 3, 1)', 3],
    ["$hash('input', 'SHA-1')", '140f86aae51ab9e1cda9b4254fe98a74eb54c1a1'],
    ["$hash('', 'MD5')", 'd41d8cd98f00b204e9800998ecf8427e'],
    ["$length($hash('input', 'SHA-512'))", 128],
    ['$parse(\'{"a": [1]}\').a', [1]],
    ['$random(42)', 0.727_563_680_032_868_1],
    ['$random()', 0.25],
    ['$length($uuid())', 36],
  ])('%s', async (source, value) => {
    expect(await evaluate(source)).toEqual(value)
  })

  it.each([
    '$partition([1,2], 0)',
    '$partition([], 2)',
    '$range(0, 5)',
    '$range(0, 5, -1)',
    '$range(0, 5, 0)',
    "$hash('input')",
    "$hash('input', 'SHA-3')",
    '$parse($states.none)',
  ])('%s has no value', async (source) => {
    await expect(evaluate(source)).rejects.toThrow('returned nothing (undefined).')
  })

  it('refuse a range that would fill the memory', async () => {
    expect(await evaluate('$count($range(1, 360145, 1))')).toBe(360_145)
    await expect(evaluate('$range(1, 360146, 1)')).rejects.toThrow(
      'threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage',
    )
  })

  it('parse only JSON', async () => {
    await expect(evaluate("$parse('{')")).rejects.toThrow('threw an error during evaluation')
  })
})
