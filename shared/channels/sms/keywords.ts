export type SmsKeyword = 'stop' | 'start' | 'help'

/** What AWS and the FCC ask for, and how people say it in the other languages of our customers. */
const WORDS: Readonly<Record<SmsKeyword, readonly string[]>> = {
  stop: [
    ...[
      'stop',
      'stop all',
      'stopall',
      'end',
      'quit',
      'cancel',
      'remove',
      'revoke',
      'td',
      'opt out',
      'optout',
      'opt-out',
    ],
    ...['unsubscribe', 'unsub', 'please stop', 'stop please', 'stop it', 'remove me'],
    ...['stopp', 'avsluta', 'avregistrera', 'avanmäl'], // Swedish
    ...['afmeld', 'frameld', 'stop sms', 'slut'], // Danish
    ...['afmelden', 'stoppen', 'uitschrijven'], // Dutch
    ...['abmelden', 'abbestellen', 'stop bitte'], // German
    ...['arret', 'arrêt', 'arreter', 'arrêter', 'desabonner', 'désabonner', 'desinscription', 'désinscription'], // French
    ...['alto', 'baja', 'parar', 'cancelar', 'detener'], // Spanish
  ],
  start: [
    ...['start', 'unstop', 'resume', 'subscribe'],
    ...['starta', 'anmäl'], // Swedish
    ...['tilmeld'], // Danish
    ...['aanmelden', 'inschrijven'], // Dutch
    ...['anmelden'], // German
    ...['commencer', 'abonner', "s'abonner"], // French
    ...['empezar', 'iniciar', 'alta'], // Spanish
  ],
  help: [
    ...['help', 'info'],
    ...['hjälp'], // Swedish
    ...['hjælp'], // Danish
    ...['hulp'], // Dutch
    ...['hilfe'], // German
    ...['aide'], // French
    ...['ayuda'], // Spanish
  ],
}

const KEYWORDS = new Map(
  Object.entries(WORDS).flatMap(([keyword, words]) => words.map((word) => [normalise(word), keyword as SmsKeyword])), // Object.entries loses the key's type
)

/**
 * What she asks for when the whole answer is such a word, whatever its case, punctuation and emoji.
 * A sentence that merely contains one ("don't stop") is for a person to read.
 */
export function smsKeyword(text: string): SmsKeyword | undefined {
  return KEYWORDS.get(normalise(text))
}

function normalise(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
