export type SmsKeyword = 'stop' | 'start' | 'help'

/** What AWS and the FCC ask for, and what people are told to write in the languages of our customers; never a sentence. */
const WORDS: Readonly<Record<SmsKeyword, readonly string[]>> = {
  stop: [
    ...['stop', 'stop all', 'stopall', 'stop sms', 'end', 'quit', 'cancel', 'remove', 'revoke', 'td'],
    ...['opt out', 'optout', 'opt-out', 'unsubscribe', 'unsub', 'arret'],
    ...['stopp', 'stoppa', 'avsluta', 'avregistrera', 'avprenumerera', 'avanmäl'], // Swedish
    ...['afmeld', 'frameld', 'slut', 'stop sms'], // Danish
    ...['stopp', 'stopp sms', 'avslutt', 'avmeld', 'meld av'], // Norwegian
    ...['lopeta', 'seis', 'peruuta', 'peru tilaus', 'poista'], // Finnish
    ...['afmelden', 'stoppen', 'uitschrijven', 'stop sms'], // Dutch
    ...['stopp', 'abmelden', 'abbestellen', 'austragen', 'ende'], // German
    ...['arret', 'arrêt', 'arreter', 'arrêter', 'desabonner', 'désabonner', 'desinscription', 'désinscription'], // French
    ...['alto', 'baja', 'parar', 'cancelar', 'detener', 'darse de baja', 'no más'], // Spanish
    ...['parar', 'pare', 'sair', 'cancelar', 'remover', 'descadastrar'], // Portuguese
    ...['basta', 'annulla', 'cancellami', 'disiscrivi', 'disattiva', 'fermare'], // Italian
    ...['wypisz', 'rezygnuję', 'rezygnuje', 'koniec', 'anuluj', 'wyrejestruj'], // Polish
  ],
  start: [
    ...['start', 'unstop', 'resume', 'subscribe', 'opt in', 'optin'],
    ...['starta', 'anmäl'], // Swedish
    ...['tilmeld'], // Danish
    ...['påmeld', 'meld på'], // Norwegian
    ...['aloita', 'jatka'], // Finnish
    ...['aanmelden', 'inschrijven'], // Dutch
    ...['anmelden'], // German
    ...['commencer', 'abonner', "s'abonner", 'reprendre'], // French
    ...['empezar', 'iniciar', 'alta'], // Spanish
    ...['começar', 'iniciar', 'voltar'], // Portuguese
    ...['inizia', 'attiva', 'riprendi'], // Italian
    ...['wznów', 'wznow'], // Polish
  ],
  help: [
    ...['help', 'info', 'support'],
    ...['hjälp'], // Swedish
    ...['hjælp'], // Danish
    ...['hjelp'], // Norwegian
    ...['apua', 'ohje'], // Finnish
    ...['hulp'], // Dutch
    ...['hilfe'], // German
    ...['aide'], // French
    ...['ayuda'], // Spanish
    ...['ajuda'], // Portuguese
    ...['aiuto'], // Italian
    ...['pomoc'], // Polish
  ],
}

const KEYWORDS = new Map(
  Object.entries(WORDS).flatMap(([keyword, words]) => words.map((word) => [normalise(word), keyword as SmsKeyword])), // Object.entries loses the key's type
)

/** Where people write to a number, and know such words. */
const CHANNELS = new Set(['sms', 'whatsapp'])

/**
 * What she asks for when the whole answer is such a word, whatever its case, punctuation and emoji.
 * A sentence that merely contains one ("don't stop", "please stop") is for a person to read.
 */
export function smsKeyword(text: string): SmsKeyword | undefined {
  return KEYWORDS.get(normalise(text))
}

/** The keyword in what she wrote on a channel; undefined on channels that have none. */
export function keywordOn(channel: string, text: unknown): SmsKeyword | undefined {
  return CHANNELS.has(channel) && typeof text === 'string' ? smsKeyword(text) : undefined
}

const PLAIN = /^(stop|stopp|unsubscribe|afmeld|avsluta|avregistrera|uitschrijven|abmelden|désabonner|baja|wypisz)$/

/** True when a sentence may be meant as a STOP: for an agent to see, never to act on by itself. */
export function mayMeanStop(text: string): boolean {
  return normalise(text)
    .split(' ')
    .some((word) => PLAIN.test(word))
}

function normalise(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
