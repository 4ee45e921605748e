import type { Brand } from '../brand/brand.ts'
import type { Purpose } from '../brand/purposes.ts'
import type { Form } from '../channels/channel.ts'
import type { CompiledMessage } from '../messages/message-document.ts'
import { DAY, HOUR } from '../time/duration.ts'

/** The purposes of what no marketer writes. No purpose of a brand has such a name. */
export const ANSWER = '@answer'
export const CONFIRMATION = '@confirmation'

/** What goes out beside journeys: never held, never counted, but bound by whatever she has stopped. */
const answers: Purpose = {
  needsConsent: false,
  channels: ['sms'],
  priority: 0,
  caps: [],
  deadline: DAY,
  isAnswer: true,
}

/** The one message that may follow when she stops a channel, and only at once. */
const confirmations: Purpose = { ...answers, deadline: HOUR / 12, isLastWord: true }

const REPLY: Readonly<Record<string, Form>> = {
  sms: { text: '{{ entry.text }}' },
  push: { title: '{{ brand.name }}', body: '{{ entry.text }}' },
  email: {
    subject: '{{ entry.subject }}',
    preheader: '',
    html: '<!doctype html><html><body style="font: 16px/1.5 sans-serif">{% for line in entry.lines %}<p>{{ line }}</p>{% endfor %}</body></html>',
    text: '{{ entry.text }}',
    inReplyTo: '{{ entry.in_reply_to }}',
  },
}

/** Texts by language; `{{ entry.contact }}` is where people answer. */
const HELP: Readonly<Record<string, string>> = {
  en: '{{ brand.name }}: write to {{ entry.contact }} for help. Reply STOP and we send no more texts.',
  sv: '{{ brand.name }}: skriv till {{ entry.contact }} för hjälp. Svara STOPP så slutar vi skicka sms.',
  da: '{{ brand.name }}: skriv til {{ entry.contact }} for hjælp. Svar STOP, så sender vi ikke flere sms.',
  nb: '{{ brand.name }}: skriv til {{ entry.contact }} for hjelp. Svar STOPP, så sender vi ikke flere SMS.',
  fi: '{{ brand.name }}: kirjoita osoitteeseen {{ entry.contact }}. Vastaa LOPETA, niin emme lähetä enää viestejä.',
  nl: '{{ brand.name }}: schrijf naar {{ entry.contact }} voor hulp. Antwoord STOP en we sturen geen sms meer.',
  de: '{{ brand.name }}: Hilfe unter {{ entry.contact }}. Antworten Sie STOP, dann senden wir keine SMS mehr.',
  fr: '{{ brand.name }} : écrivez à {{ entry.contact }}. Répondez STOP pour ne plus recevoir de SMS.',
  es: '{{ brand.name }}: escriba a {{ entry.contact }}. Responda BAJA y no enviaremos más SMS.',
  pt: '{{ brand.name }}: escreva para {{ entry.contact }}. Responda PARAR e não enviaremos mais SMS.',
  it: '{{ brand.name }}: scriva a {{ entry.contact }}. Risponda STOP e non invieremo altri SMS.',
  pl: '{{ brand.name }}: napisz na {{ entry.contact }}. Odpowiedz STOP, a nie wyślemy więcej SMS-ów.',
}

const STOPPED: Readonly<Record<string, string>> = {
  en: '{{ brand.name }}: you will get no more texts from us. Reply START to allow them again.',
  sv: '{{ brand.name }}: du får inga fler sms från oss. Svara START om du ångrar dig.',
  da: '{{ brand.name }}: du får ikke flere sms fra os. Svar START, hvis du fortryder.',
  nb: '{{ brand.name }}: du får ikke flere SMS fra oss. Svar START hvis du ombestemmer deg.',
  fi: '{{ brand.name }}: emme lähetä enää tekstiviestejä. Vastaa ALOITA, jos haluat niitä taas.',
  nl: '{{ brand.name }}: u krijgt geen sms meer van ons. Antwoord START om dat te herstellen.',
  de: '{{ brand.name }}: Sie bekommen keine SMS mehr von uns. Mit START erlauben Sie sie wieder.',
  fr: '{{ brand.name }} : vous ne recevrez plus de SMS. Répondez START pour les autoriser à nouveau.',
  es: '{{ brand.name }}: no recibirá más SMS. Responda ALTA para volver a recibirlos.',
  pt: '{{ brand.name }}: não receberá mais SMS. Responda START para voltar a recebê-los.',
  it: '{{ brand.name }}: non riceverà altri SMS. Risponda START per riceverli di nuovo.',
  pl: '{{ brand.name }}: nie wyślemy więcej SMS-ów. Odpowiedz START, aby znów je otrzymywać.',
}

const MESSAGES: Readonly<Record<string, (brand: Brand) => CompiledMessage['channels']>> = {
  // An agent writes in her own words, so there is one form for all languages.
  reply: ({ locales: [locale = 'en'] }) =>
    Object.fromEntries(Object.entries(REPLY).map(([channel, form]) => [channel, { [locale]: form }])),
  'help-answer': () => ({ sms: texts(HELP) }),
  'stop-confirmation': () => ({ sms: texts(STOPPED) }),
}

/** What stands in the place of a published message and a brand's purpose; undefined where those are meant. */
export function builtInMessage(
  { message, purpose }: { readonly message: string; readonly purpose: string },
  brand: Brand,
): { readonly message: CompiledMessage; readonly purpose: Purpose } | undefined {
  const channels = MESSAGES[message]?.(brand)
  if (channels === undefined || (purpose !== ANSWER && purpose !== CONFIRMATION)) return undefined
  return {
    message: { message, version: `built-in ${message} 1`, trackLinks: false, channels },
    purpose: purpose === ANSWER ? answers : confirmations,
  }
}

function texts(byLanguage: Readonly<Record<string, string>>): Readonly<Record<string, Form>> {
  return Object.fromEntries(Object.entries(byLanguage).map(([language, text]) => [language, { text }]))
}
