import { describe, expect, it } from 'vitest'
import { aProfile, NOON } from '#test/builders/a-touchpoint.ts'
import { identifierOf, later, laterIn, traitOf } from './profile.ts'

describe('later', () => {
  it.each([
    ['the later', ['a', 2], ['b', 1], ['a', 2]],
    ['the later, whichever comes first', ['b', 1], ['a', 2], ['a', 2]],
    ['at the same instant the greater', ['a', 1], ['b', 1], ['b', 1]],
    ['at the same instant the greater, whichever comes first', ['b', 1], ['a', 1], ['b', 1]],
  ] as const)('is %s', (_which, one, other, winner) => {
    expect(later<string>(one, other)).toEqual(winner)
  })

  it('is the same in whatever order a store gives keys back', () => {
    const asSent = { city: 'Aarhus', street: 'Torvet' }
    const asStored = { street: 'Torvet', city: 'Aarhus' }
    const other = { city: 'Odense', street: 'Algade' }
    expect(later<object>([asSent, 1], [other, 1])).toEqual([other, 1])
    expect(later<object>([asStored, 1], [other, 1])).toEqual([other, 1])
  })

  it('is the other where there is none', () => {
    expect(later(undefined, ['a', 1])).toEqual(['a', 1])
    expect(laterIn({}, 'constructor', ['a', 1])).toEqual(['a', 1])
  })
})

describe('traitOf', () => {
  it('knows only what she has', () => {
    const profile = aProfile({ traits: { plan: ['pro', NOON], gone: [null, NOON] } })
    expect(['plan', 'gone', 'other', 'constructor'].map((name) => traitOf(profile, name))).toEqual([
      'pro',
      null,
      undefined,
      undefined,
    ])
  })
})

describe('identifierOf', () => {
  it('is the newest', () => {
    expect(
      identifierOf(
        aProfile({
          identifiers: {
            email: [
              ['new@example.org', 2],
              ['old@example.org', 1],
            ],
          },
        }),
        'email',
      ),
    ).toBe('new@example.org')
    expect(identifierOf(aProfile(), 'email')).toBeUndefined()
  })
})
