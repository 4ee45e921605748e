import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatAddress } from './address.ts'

const address = 'hello@kaffi.example'

describe('formatAddress', () => {
  it.each([
    ['Kaffi', '"Kaffi" <hello@kaffi.example>'],
    ['Kaffi, "the" \\ shop', '"Kaffi, \\"the\\" \\\\ shop" <hello@kaffi.example>'],
    ['Kåffi', '=?UTF-8?B?S8OlZmZp?= <hello@kaffi.example>'],
  ])('writes %s', (name, expected) => {
    expect(formatAddress({ name, address })).toBe(expected)
  })

  it('writes any name in plain ASCII that reads back, in words short enough', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }), (name) => {
        const written = formatAddress({ name: `é${name}`, address })
        expect(written).toMatch(/^[\x20-\x7e]+$/)
        const words = written.replace(` <${address}>`, '').split(' ')
        expect(Math.max(...words.map((word) => word.length))).toBeLessThanOrEqual(75)
        const read = words.map((word) => Buffer.from(word.slice(10, -2), 'base64').toString()).join('')
        expect(read).toBe(`é${name}`)
      }),
    )
  })
})
