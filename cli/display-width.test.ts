import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutTo, displayWidth, onItsLines, onOneLine, padTo } from './display-width.ts'

describe('displayWidth', () => {
  it.each([
    ['order', 5],
    ['Málaga', 6],
    ['e\u0301', 1],
    ['\u200d', 0],
    ['東京', 4],
    ['コーヒー', 8],
    ['·', 1],
    ['…', 1],
    ['서울', 4],
    ['ｶﾅ', 2],
    ['！', 2],
    ['☕', 2],
    ['✓', 1],
    ['👩‍👩‍👧', 2],
    ['🇸🇪', 2],
    ['❤️', 2],
    ['', 0],
  ])('of %j is %i', (text, width) => {
    expect(displayWidth(text)).toBe(width)
  })
})

describe('cutTo', () => {
  it('leaves alone what fits', () => {
    expect(cutTo('order', 5)).toBe('order')
  })

  it('ends what does not fit with an ellipsis', () => {
    expect(cutTo('order.completed', 6)).toBe('order…')
  })

  it('never cuts a wide character in half', () => {
    expect(cutTo('東京都庁', 6)).toBe('東京…')
    expect(cutTo('a👩‍👩‍👧b', 3)).toBe('a…')
  })

  it('never takes more columns than it may', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, width) => {
        expect(displayWidth(cutTo(text, width))).toBeLessThanOrEqual(width)
      }),
    )
  })
})

describe('padTo', () => {
  it('fills up to the columns, whatever the characters take', () => {
    expect(padTo('東', 4)).toBe('東  ')
    expect(padTo('long', 2)).toBe('long')
  })
})

describe('onOneLine', () => {
  it('takes the escape out of an escape sequence', () => {
    expect(onOneLine('\u001b[2Jgone\u0007')).toBe('[2Jgone')
  })

  it('turns line breaks and tabs into blanks', () => {
    expect(onOneLine('one\r\ntwo\tthree\n')).toBe('one two three')
  })
})

describe('onItsLines', () => {
  it('keeps line breaks and nothing else that controls', () => {
    expect(onItsLines('one\r\n  two\u001b[0m\n\nthree')).toBe('one\n  two [0m\n\nthree')
  })
})
