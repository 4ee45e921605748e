import { describe, expect, it } from 'vitest'
import { collectAttribute } from './attributes.ts'

describe('collectAttribute', () => {
  it.each([
    ['total=12.5', { total: 12.5 }],
    ['points=-3', { points: -3 }],
    ['points=0', { points: 0 }],
    ['gift=true', { gift: true }],
    ['gift=false', { gift: false }],
    ['name=Ada Lovelace', { name: 'Ada Lovelace' }],
    ['code=007', { code: '007' }],
    ['phone=+46701234567', { phone: '+46701234567' }],
    ['number=12345678901234567890', { number: '12345678901234567890' }],
    ['version=1.2.3', { version: '1.2.3' }],
    ['size=1e3', { size: '1e3' }],
    ['note=', { note: '' }],
    ['where=a=b', { where: 'a=b' }],
    ['code="7"', { code: '7' }],
    ['items=[{"name":"Bun"}]', { items: [{ name: 'Bun' }] }],
    ['plan=null', { plan: 'null' }],
  ])('reads %s', (text, attributes) => {
    expect(collectAttribute(text)).toEqual(attributes)
  })

  it('adds to what was given before, the last of a name counting', () => {
    expect(collectAttribute('a=2', { a: 1, b: true })).toEqual({ a: 2, b: true })
  })

  it.each(['total', '=5', ''])('refuses %j, which names nothing', (text) => {
    expect(() => collectAttribute(text)).toThrow('Write it as name=value.')
  })

  it('refuses JSON that is none', () => {
    expect(() => collectAttribute('items=[Bun]')).toThrow('The value [Bun] looks like JSON but is not.')
  })
})
