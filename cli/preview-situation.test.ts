import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { aBrand } from '#test/builders/a-brand.ts'
import { type SituationFlags, situationOf } from './preview-situation.ts'
import { readPerson } from './preview-source.ts'

const brand = aBrand()
const of = (flags: SituationFlags, now?: string) => situationOf(flags, { brand }, now)

function file(name: string, text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'preview-')), name)
  writeFileSync(path, text)
  return path
}

describe('the situation of a preview', () => {
  it.each([
    ['2026-12-24 09:00', '2026-12-24T08:00:00.000Z'],
    ['2026-12-24', '2026-12-23T23:00:00.000Z'],
    ['2026-12-24T09:00:00Z', '2026-12-24T09:00:00.000Z'],
  ])('begins at %s', (at, instant) => {
    expect(new Date(of({ at }).at).toISOString()).toBe(instant)
  })

  it('begins now, by the clock of the system that she is from', () => {
    expect(of({}, '2026-03-10T10:00:00Z').at).toBe(Date.parse('2026-03-10T10:00:00Z'))
    expect(() => of({ at: 'tomorrow' })).toThrow('"tomorrow" is no time')
  })

  it('takes answers from options and from a file', () => {
    const answers = file('answers.yaml', '- welcome: clicked after 1 day\n')
    expect(of({ answer: ['welcome: opened after 1 hour'], then: ['a.b after 1 day'], answers }).answers).toHaveLength(3)
  })

  it('takes the entry from a file, and options over it', () => {
    const entry = file('entry.json', '{ "channel": "web", "properties": { "total": 5, "order_id": "o-1" } }')
    expect(of({ entry, property: { total: 9 } }).entry).toEqual({
      channel: 'web',
      properties: { total: 9, order_id: 'o-1' },
    })
    expect(() => of({ entry: file('entry.json', '{') })).toThrow(/is not JSON/)
    expect(() => of({ entry: 'nowhere.json' })).toThrow('There is no file nowhere.json')
  })
})

describe('a person from a file', () => {
  it('is her events, or a copy', () => {
    expect(readPerson(file('ada.json', '{ "type": "a.b" }'))).toEqual({ events: [{ type: 'a.b' }] })
    const copy = { customer: 'ada', identifiers: [], rows: [] }
    expect(readPerson(file('ada.json', JSON.stringify(copy)))).toEqual(copy)
  })
})
