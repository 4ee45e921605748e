import { describe, expect, it } from 'vitest'
import { near } from './near.ts'

const ROWS = [
  { name: 'Stockholm', city: 'Stockholm', latitude: '59.33', longitude: '18.07' },
  { name: 'Vesterbro', city: 'København', latitude: '55.67', longitude: '12.55' },
  { name: 'Malmö', city: 'Malmö', latitude: '55.60', longitude: '13.00' },
  { name: 'Unknown', city: 'København', latitude: '', longitude: '' },
]

const names = (rows: readonly object[]) => rows.map((row) => ('name' in row ? row.name : ''))

describe('near', () => {
  it('sorts by distance where both places are known', () => {
    expect(names(near(ROWS, { latitude: 55.68, longitude: 12.57 }))).toEqual([
      'Vesterbro',
      'Malmö',
      'Stockholm',
      'Unknown',
    ])
  })

  it('counts the short way round the world', () => {
    const rows = [
      { name: 'Tokyo', latitude: 35.7, longitude: 139.7 },
      { name: 'Honolulu', latitude: 21.3, longitude: -157.9 },
    ]
    expect(names(near(rows, { latitude: 0, longitude: 179 }))).toEqual(['Honolulu', 'Tokyo'])
  })

  it('takes those of her city where nothing else is known of her', () => {
    expect(names(near(ROWS, { city: ' københavn ' }))).toEqual(['Vesterbro', 'Unknown'])
  })

  it('takes all where nothing is known of her', () => {
    expect(near(ROWS, {})).toBe(ROWS)
    expect(near(ROWS, { latitude: 'north', longitude: '' })).toBe(ROWS)
  })
})
