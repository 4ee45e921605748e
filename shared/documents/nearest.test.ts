import { describe, expect, it } from 'vitest'
import { nearest } from './nearest.ts'

const WORDS = ['is', 'is not', 'at least', 'at most', 'trait', 'in segment']

describe('nearest', () => {
  it.each([
    ['iz', 'is'],
    ['si', 'is'],
    ['At Least', 'at least'],
    ['at_least', 'at least'],
    ['atmost', 'at most'],
    ['tarit', 'trait'],
    ['trate', 'trait'],
    ['in segmnet', 'in segment'],
  ])('takes %j for %j', (word, meant) => {
    expect(nearest(word, WORDS)).toBe(meant)
  })

  it.each(['', 'q', 'xyz', 'customer', 'purpose'])('suggests nothing for %j', (word) => {
    expect(nearest(word, WORDS)).toBeUndefined()
  })

  it('prefers the nearest of several', () => {
    expect(nearest('sent', ['send', 'sends', 'sent'])).toBe('sent')
  })
})
