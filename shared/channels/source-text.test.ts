import { describe, expect, it } from 'vitest'
import { SourceText } from './source-text.ts'

const main = 'first\n  <{include}>\nlast\n'
const part = 'one\n    two\n'

/** `part` in the place of `{include}`. */
const source = new SourceText('main', [
  { file: 'main', whole: main, from: 0, to: main.indexOf('{') },
  { file: 'part', whole: part, from: 0, to: part.length },
  { file: 'main', whole: main, from: main.indexOf('}') + 1, to: main.length },
])

const placeAt = (line: number, column?: number) => {
  const problem = source.problemAt(line, column, 'x')
  return `${problem.file}:${problem.line}:${problem.column}`
}

describe('SourceText', () => {
  it('is its pieces, one after the other', () => {
    expect(source.text).toBe('first\n  <one\n    two\n>\nlast\n')
  })

  it.each([
    ['in the first piece', 1, 3, 'main:1:3'],
    ['before the piece that was put in', 2, 3, 'main:2:3'],
    ['in the piece that was put in, on the same line', 2, 4, 'part:1:1'],
    ['in the piece that was put in', 3, 6, 'part:2:6'],
    ['behind it', 4, 1, 'main:2:13'],
    ['in the last line', 5, 2, 'main:3:2'],
    ['behind the end', 99, 1, 'main:4:1'],
  ])('knows the place %s', (_, line, column, place) => {
    expect(placeAt(line, column)).toBe(place)
  })

  it('points to the first word of a line when it is told no column', () => {
    expect(placeAt(3)).toBe('part:2:5')
  })

  it('knows the places also when the words were changed', () => {
    const changed = source.rewritten((text) => text.replace('one', 'something longer'))
    expect(changed.text).toContain('something longer')
    expect(changed.problemAt(3, 6, 'x', 'Do it.')).toEqual({
      file: 'part',
      line: 2,
      column: 6,
      path: '',
      message: 'x',
      fix: 'Do it.',
    })
  })
})
