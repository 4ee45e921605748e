import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { doctorText } from './doctor-text.ts'
import { type Finding, missing, ok, unknown, warning } from './finding.ts'

const plain = (findings: readonly Finding[]): string => stripVTControlCharacters(doctorText(findings, 60))

describe('what the doctor says', () => {
  it('stands under its area, with the way out and the page that explains it', () => {
    const way = { remedy: 'Ask for production access; it takes AWS about a day.', see: 'https://docs.example/sandbox' }
    const text = plain([
      ok('account.credentials', 'account 1'),
      missing('email.production', 'SES is in its sandbox', way),
    ])
    expect(text).toBe(`account
  ✓ account 1

email
  ✗ SES is in its sandbox
    → Ask for production access; it takes AWS about a day.
      https://docs.example/sandbox

1 missing, 1 as they should be`)
  })

  it('ends with how many there are of each', () => {
    const all = [ok('a.b', 'x'), ok('a.c', 'x'), warning('a.d', 'x', {}), unknown('a.e', 'x')]
    expect(plain(all)).toMatch(/1 warning, 1 could not be found out, 2 as they should be$/)
    expect(plain(all.slice(0, 2))).toMatch(/all 2 as they should be$/)
  })
})
