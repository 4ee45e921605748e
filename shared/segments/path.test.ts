import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parsePath, valueAt } from './path.ts'

const ORDER = { order: { items: [{ sku: 'bun' }, { sku: 'latte' }], note: 'warm' }, total: 0 }

describe('valueAt', () => {
  it.each([
    ['total', 0],
    ['order.items.1.sku', 'latte'],
    ['order.note', 'warm'],
    ['order.items.2.sku', undefined],
    ['order.items.length', undefined],
    ['order.note.length', undefined],
    ['order.note.0', undefined],
    ['order.missing.further', undefined],
    ['__proto__', undefined],
    ['constructor', undefined],
    ['constructor.name', undefined],
    ['order.items.map', undefined],
    ['order.items.01', undefined],
    ['toString', undefined],
  ])('finds at %s what the data itself holds', (path, expected) => {
    expect(valueAt(ORDER, parsePath(path) ?? [])).toEqual(expected)
  })

  it('finds a key that only looks like a prototype when the data holds it', () => {
    const value = JSON.parse('{"__proto__": {"polluted": "no"}, "constructor": "Volvo"}')
    expect(valueAt(value, ['constructor'])).toBe('Volvo')
    expect(valueAt(value, ['__proto__', 'polluted'])).toBe('no')
    expect(valueAt({}, ['polluted'])).toBeUndefined()
  })

  it('never throws and never finds a function', () => {
    const names = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'prototype', 'length', '0', 'at'))
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(names, { maxLength: 4 }), (value, path) => {
        expect(typeof valueAt(value, path)).not.toBe('function')
      }),
    )
  })
})

describe('parsePath', () => {
  it.each(['', '.', 'a.', '.a', 'a..b'])('takes %j for no path', (text) => {
    expect(parsePath(text)).toBeUndefined()
  })

  it('lets a name hold spaces and signs', () => {
    expect(parsePath('Order ID.$first-item')).toEqual(['Order ID', '$first-item'])
  })
})
