import { describe, expect, it } from 'vitest'
import { keywordOn, mayMeanStop, smsKeyword } from './keywords.ts'

/** docs.aws.amazon.com/sms-voice, "Opt-out lists", and what 47 CFR 64.1200(a)(10) names. */
const ASKED_BY_AWS_AND_FCC = [
  ...['ARRET', 'CANCEL', 'END', 'OPT-OUT', 'OPTOUT', 'QUIT', 'REMOVE', 'STOP', 'TD', 'UNSUBSCRIBE'],
  ...['REVOKE', 'OPT OUT'],
]

/** What is recognised in each language. */
const LANGUAGES: Readonly<Record<string, Readonly<Record<'stop' | 'start' | 'help', readonly string[]>>>> = {
  English: { stop: ASKED_BY_AWS_AND_FCC, start: ['Start', 'UNSTOP', 'subscribe'], help: ['Help', 'INFO'] },
  Swedish: { stop: ['Stopp', 'Avsluta', 'Avregistrera'], start: ['Starta'], help: ['Hjälp'] },
  Danish: { stop: ['Afmeld', 'Frameld'], start: ['Tilmeld'], help: ['Hjælp'] },
  Norwegian: { stop: ['Stopp', 'Avslutt', 'Avmeld'], start: ['Påmeld'], help: ['Hjelp'] },
  Finnish: { stop: ['Lopeta', 'Seis', 'Peruuta'], start: ['Aloita'], help: ['Apua'] },
  Dutch: { stop: ['Afmelden', 'Stoppen', 'Uitschrijven'], start: ['Aanmelden'], help: ['Hulp'] },
  German: { stop: ['Stopp', 'Abmelden', 'Abbestellen'], start: ['Anmelden'], help: ['Hilfe'] },
  French: { stop: ['Arrêt', 'Désabonner', 'Arrêter'], start: ['Commencer'], help: ['Aide'] },
  Spanish: { stop: ['Baja', 'Alto', 'Parar'], start: ['Alta'], help: ['Ayuda'] },
  Portuguese: { stop: ['Parar', 'Sair', 'Cancelar'], start: ['Começar'], help: ['Ajuda'] },
  Italian: { stop: ['Basta', 'Annulla', 'Disiscrivi'], start: ['Inizia'], help: ['Aiuto'] },
  Polish: { stop: ['Wypisz', 'Rezygnuję', 'Anuluj'], start: ['Wznów'], help: ['Pomoc'] },
}

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

/** Sentences round a word that alone would be a keyword. */
const FRAMES: readonly ((word: string) => string)[] = [
  (word) => `please ${word}`,
  (word) => `don't ${word} the good work`,
  (word) => `never ${word}`,
  (word) => `can I ${word} my order 123?`,
  (word) => `why did you ${word} it`,
  (word) => `${word} the order please`,
  (word) => `I will not ${word}`,
  (word) => `when does it ${word}`,
  (word) => `${word} by the store at 5?`,
  (word) => `snälla ${word} nu`,
  (word) => `hvordan kan jeg ${word}`,
  (word) => `vil ikke ${word}`,
  (word) => `en voi ${word}`,
  (word) => `ik wil niet ${word} hoor`,
  (word) => `kann ich ${word} bitte`,
  (word) => `je ne veux pas ${word}`,
  (word) => `no quiero ${word}`,
  (word) => `não quero ${word}`,
  (word) => `non voglio ${word}`,
  (word) => `nie chcę ${word}`,
]

const OTHERS = [
  ...['The end of the line', 'I quit coffee', 'non stop', 'Is there a bus stop nearby?', 'help me find the store'],
  ...[
    'unstoppable',
    'yes',
    'Tack!',
    '',
    '😀',
    'STOPP8',
    'stops',
    'cancelled',
    'ok',
    '👍',
    'removed',
    'ending',
    'starter',
  ],
]

describe('smsKeyword', () => {
  const variants = Object.entries(LANGUAGES).flatMap(([language, words]) =>
    Object.entries(words).flatMap(([keyword, list]) =>
      list.flatMap((word) => DRESSES.map((dress) => ({ language, keyword, text: dress(word) }))),
    ),
  )

  it(`hears ${variants.length} ways to say stop, start and help in ${Object.keys(LANGUAGES).length} languages`, () => {
    expect(variants.filter(({ keyword }) => keyword === 'stop').length).toBeGreaterThanOrEqual(300)
    expect(variants.filter(({ text, keyword }) => smsKeyword(text) !== keyword)).toEqual([])
  })

  const negatives = [
    ...FRAMES.flatMap((frame) => ASKED_BY_AWS_AND_FCC.map((word) => frame(word.toLowerCase()))),
    ...OTHERS,
  ]

  it(`leaves ${negatives.length} sentences to a person`, () => {
    expect(negatives.length).toBeGreaterThanOrEqual(200)
    expect(negatives.filter((text) => smsKeyword(text) !== undefined)).toEqual([])
  })
})

describe('keywordOn', () => {
  it('hears keywords where people write to a number, and nowhere else', () => {
    const heard = ['sms', 'whatsapp', 'email', 'chat', 'push'].filter(
      (channel) => keywordOn(channel, 'STOP') === 'stop',
    )
    expect(heard).toEqual(['sms', 'whatsapp'])
  })
})

describe('mayMeanStop', () => {
  it.each(['please stop', 'STOP texting me!', 'how do I unsubscribe?', 'jag vill avsluta'])('warns of "%s"', (text) => {
    expect(mayMeanStop(text)).toBe(true)
  })

  it.each(['My coffee was cold', 'unstoppable', 'The bus stops here'])('is silent about "%s"', (text) => {
    expect(mayMeanStop(text)).toBe(false)
  })
})
