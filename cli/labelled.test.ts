import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { attributeTexts, labelled } from './labelled.ts'

const lines = (...args: Parameters<typeof labelled>): readonly string[] =>
  stripVTControlCharacters(labelled(...args)).split('\n')

describe('labelled', () => {
  it('aligns values and leaves out what has none', () => {
    const pairs = [
      ['To', 'ada'],
      ['Subject', 'Hello'],
      ['Title', undefined],
      ['Data', []],
    ] as const
    expect(lines(pairs, 80)).toEqual(['To       ada', 'Subject  Hello'])
  })

  it('runs a list on over as many lines as it needs', () => {
    expect(lines([['Traits', ['plan pro', 'points 120', 'locale sv']]], 30)).toEqual([
      'Traits  plan pro · points 120',
      '        locale sv',
    ])
  })
})

describe('attributeTexts', () => {
  it('writes texts as they are and everything else as JSON', () => {
    expect(attributeTexts({ plan: 'pro', points: 120, vip: true, tags: ['a'], gone: null })).toEqual([
      'plan pro',
      'points 120',
      'vip true',
      'tags ["a"]',
      'gone null',
    ])
  })
})
