import { describe, expect, it } from 'vitest'
import { chooseLocale } from './locales.ts'

describe('chooseLocale', () => {
  it.each([
    ['the very locale', 'sv-FI', ['sv', 'sv-FI'], 'sv-FI'],
    ['its language', 'sv-FI', ['en', 'sv'], 'sv'],
    ['another of its language', 'en', ['da', 'en-GB'], 'en-GB'],
    ['the brand’s first that there is', 'fr', ['nl', 'da'], 'da'],
    ['the brand’s first, when nobody knows what she reads', undefined, ['nl', 'en'], 'en'],
    ['whatever there is', 'fr', ['it'], 'it'],
    ['nothing', 'en', [], undefined],
  ])('takes %s', (_, wanted, available, expected) => {
    expect(chooseLocale(wanted, available, ['en', 'sv', 'da', 'nl'])).toBe(expected)
  })
})
