import { describe, expect, it } from 'vitest'
import { smsKeyword } from './keywords.ts'

const ASKED_BY_AWS_AND_FCC = [
  ...[
    'ARRET',
    'CANCEL',
    'END',
    'OPT-OUT',
    'OPTOUT',
    'QUIT',
    'REMOVE',
    'STOP',
    'TD',
    'UNSUBSCRIBE',
    'REVOKE',
    'OPT OUT',
  ],
  ...['Stopp', 'Avsluta', 'Afmeld', 'Afmelden', 'Uitschrijven', 'Abmelden', 'Arrêt', 'Désabonner', 'Baja', 'Alto'],
]

const DRESSES: readonly ((word: string) => string)[] = [
  (word) => word,
  (word) => word.toLowerCase(),
  (word) => word.toUpperCase(),
  (word) => `  ${word}\n`,
  (word) => `${word}.`,
  (word) => `${word}!!!`,
  (word) => `"${word}"`,
  (word) => `¡${word}!`,
  (word) => `${word} 😡`,
  (word) => `🛑${word}🛑`,
  (word) => `${word}…`,
  (word) => word.normalize('NFD'),
  (word) => `(${word.toLowerCase()})`,
  (word) => `-${word}-`,
]

describe('smsKeyword', () => {
  it(`hears ${ASKED_BY_AWS_AND_FCC.length * DRESSES.length} ways to say stop`, () => {
    const all = ASKED_BY_AWS_AND_FCC.flatMap((word) => DRESSES.map((dress) => dress(word)))
    expect(all.length).toBeGreaterThanOrEqual(300)
    expect(all.filter((text) => smsKeyword(text) !== 'stop')).toEqual([])
  })

  it.each([
    ['Start', 'start'],
    ['UNSTOP', 'start'],
    ['tilmeld!', 'start'],
    ['Help?', 'help'],
    ['hjælp', 'help'],
    ['AYUDA', 'help'],
  ])('hears "%s" as %s', (text, keyword) => {
    expect(smsKeyword(text)).toBe(keyword)
  })

  it.each([
    "don't stop",
    "Don't stop the good work",
    'Never stop',
    'stop by the store at 5?',
    'When does it end',
    'The end of the line',
    'cancel my order 123',
    'I quit coffee',
    'non stop',
    'Is there a bus stop nearby?',
    'help me find the store',
    'unstoppable',
    'yes',
    'Tack!',
    '',
    '😀',
  ])('leaves "%s" to a person', (text) => {
    expect(smsKeyword(text)).toBeUndefined()
  })
})
