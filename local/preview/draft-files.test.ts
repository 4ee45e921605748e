import { describe, expect, it } from 'vitest'
import { aBrandFile, aMessageFolder } from '#test/builders/a-system.ts'
import { draftFiles } from './draft-files.ts'

const FILES = {
  'brand.yaml': aBrandFile(),
  'stores.csv': 'id\n1\n',
  'partials/footer.mjml': '',
  'segments/pros.yaml': 'segment: pros\nif: { trait: plan, is: pro }',
  'journeys/one.yaml': 'journey: one\npurpose: offers\nenter: { when: a.b }\nsteps: [{ send: hello }, { start: two }]',
  'journeys/two.yaml': 'journey: two\npurpose: offers\nenter: { api: yes }\nsteps: [{ send: goodbye }]',
  'journeys/three.yaml': 'journey: three\nsteps: [{ send: other }]',
  ...aMessageFolder('hello', ['sms']),
  ...aMessageFolder('goodbye', ['sms']),
  ...aMessageFolder('other', ['sms']),
}

describe('draftFiles', () => {
  it('takes what the journey needs, and the journeys that it starts', () => {
    const left = Object.keys(FILES).filter((path) => !(path in draftFiles(FILES, 'one')))
    expect(left).toEqual(['journeys/three.yaml', 'messages/other/sms.en.txt'])
  })

  it('takes a journey that cannot be read, whose problems are to be told', () => {
    expect(Object.keys(draftFiles(FILES, 'three'))).toContain('journeys/three.yaml')
  })

  it('names the nearest where there is none', () => {
    expect(() => draftFiles(FILES, 'thre')).toThrow('There is no journey "thre". Did you mean three?')
    expect(() => draftFiles(FILES, 'welcome')).toThrow('There are one, three, two.')
  })
})
