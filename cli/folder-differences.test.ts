import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { differencesText, folderDifferences } from './folder-differences.ts'

const journey = (wait: string): string =>
  `journey: hello\npurpose: offers\nenter: { when: order.placed }\nsteps:\n  - wait: ${wait}\n`

describe('what a folder has otherwise than the live system', () => {
  it('is each file that is new, changed or live only, by its path', () => {
    const live = { 'a.yaml': '1', 'b.yaml': '1', 'd.yaml': '1' }
    expect(folderDifferences(live, { 'a.yaml': '1', 'b.yaml': '2', 'c.yaml': '1' })).toEqual([
      { file: 'b.yaml', what: 'changed' },
      { file: 'c.yaml', what: 'new' },
      { file: 'd.yaml', what: 'live only' },
    ])
  })

  it('is told in words where it is a journey', () => {
    const file = 'journeys/hello.yaml'
    const [changed] = folderDifferences({ [file]: journey('1 hour') }, { [file]: journey('2 hours') })
    expect(changed?.words).toEqual(['wait-1-hour: removed: wait 1 hour', 'wait-2-hours: added: wait 2 hours'])
    expect(folderDifferences({ [file]: 'nonsense' }, { [file]: journey('2 hours') })).toEqual([
      { file, what: 'changed' },
    ])
  })

  it('is a line for each, and one where there is none', () => {
    const text = differencesText(folderDifferences({ 'd.yaml': '1' }, { 'c.yaml': '1' }), 80)
    expect(stripVTControlCharacters(text)).toBe('+ c.yaml\n· d.yaml  not in this folder, stays live')
    expect(differencesText([], 80)).toBe('What is live is as this folder has it.')
  })
})
