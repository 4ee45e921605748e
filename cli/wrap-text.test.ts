import { describe, expect, it } from 'vitest'
import { wrapText } from './wrap-text.ts'

describe('wrapText', () => {
  it.each([
    ['one two three', 7, ['one two', 'three']],
    ['one two', 80, ['one two']],
    ['unbreakable is long', 5, ['unbreakable', 'is', 'long']],
    ['日本 語', 4, ['日本', '語']],
    ['', 5, ['']],
  ])('%s in %i columns', (text, width, lines) => {
    expect(wrapText(text, width)).toEqual(lines)
  })
})
