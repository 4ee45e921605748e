import { describe, expect, it } from 'vitest'
import type { Problem } from '#shared/documents/document.ts'
import { githubAnnotations } from './github-annotations.ts'

const PROBLEM: Problem = { file: 'journeys/welcome.yaml', line: 3, column: 5, path: 'steps.0', message: 'It is wrong.' }

describe('githubAnnotations', () => {
  it('names the file from the root of the repository, the line and the column', () => {
    expect(githubAnnotations([PROBLEM], '/repo/examples/kaffi', '/repo')).toBe(
      '::error file=examples/kaffi/journeys/welcome.yaml,line=3,col=5,title=throughline check::It is wrong.',
    )
  })

  it('tells a warning from an error, and what else there is on lines of its own', () => {
    const warning: Problem = { ...PROBLEM, severity: 'warning', fix: 'Do this.', trail: ['enter', 'send a'] }
    expect(githubAnnotations([warning], '/repo', '/repo')).toMatch(
      /^::warning .*::It is wrong\.%0Aenter → send a%0ADo this\.$/,
    )
  })

  it('escapes what the command would take for its own', () => {
    const odd: Problem = { ...PROBLEM, file: 'journeys/a,b:c%.yaml', message: '100% of "a: b",\r\nno more' }
    expect(githubAnnotations([odd], '/repo', '/repo')).toBe(
      '::error file=journeys/a%2Cb%3Ac%25.yaml,line=3,col=5,title=throughline check::100%25 of "a: b",%0D%0Ano more',
    )
  })
})
