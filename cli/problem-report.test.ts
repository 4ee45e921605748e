import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { Problem } from '#shared/documents/document.ts'
import { count, problemReport } from './problem-report.ts'

const JOURNEY = 'journey: welcome\nsteps:\n  - send: helo\n'

const aProblem = (overrides: Partial<Problem> = {}): Problem => ({
  file: 'journeys/welcome.yaml',
  line: 3,
  column: 5,
  path: 'steps.0.send',
  message: 'There is no message "helo".',
  fix: 'Did you mean "hello"?',
  ...overrides,
})

const report = (problems: readonly Problem[], text = JOURNEY): string =>
  stripVTControlCharacters(problemReport(problems, { 'journeys/welcome.yaml': text }, 'kaffi'))

describe('problemReport', () => {
  it('shows the place, the line with a caret, the way out, and the count', () => {
    expect(report([aProblem()])).toBe(
      [
        'kaffi/journeys/welcome.yaml:3:5  There is no message "helo".',
        '  3 │   - send: helo',
        '    │     ^',
        '    → Did you mean "hello"?',
        '',
        '1 error in 1 file',
      ].join('\n'),
    )
  })

  it('puts the caret under the character, past tabs and wide ones', () => {
    const [, line = '', caret = ''] = report([aProblem({ line: 1, column: 5 })], '\t東京 x').split('\n')
    expect(line).toBe('  1 │  東京 x')
    expect(caret).toBe('    │       ^')
  })

  it('shows no line where the file has none', () => {
    const { fix: _, ...missing } = aProblem({ file: 'brand.yaml', line: 1, column: 1, message: 'It is missing.' })
    expect(report([missing])).toBe('kaffi/brand.yaml:1:1  It is missing.\n\n1 error in 1 file')
  })

  it('goes by file and by line', () => {
    const places = report([
      aProblem({ line: 2, column: 1 }),
      aProblem({ file: 'brand.yaml', line: 9 }),
      aProblem({ line: 1, column: 7 }),
      aProblem({ line: 1, column: 2 }),
    ])
    expect(places.match(/[\w/]+\.yaml:\d+:\d+/g)).toEqual([
      'kaffi/brand.yaml:9:5',
      'kaffi/journeys/welcome.yaml:1:2',
      'kaffi/journeys/welcome.yaml:1:7',
      'kaffi/journeys/welcome.yaml:2:1',
    ])
    expect(places).toMatch(/\n4 errors in 2 files$/)
  })
})

describe('count', () => {
  it('gives the thing its plural', () => {
    expect([count(0, 'file'), count(1, 'file'), count(2, 'file')]).toEqual(['0 files', '1 file', '2 files'])
  })
})
