import { BRAND, type Mistake } from './a-folder.ts'

/** In brand.yaml. */
export const BRANDS: readonly Mistake[] = [
  {
    what: 'a missing sender',
    file: 'brand.yaml',
    text: BRAND.replace('senders:', 'sender:'),
    said: [
      '1:1: "senders" is missing. Add "senders".',
      '2:1: sender: "sender" is not known here. Did you mean "senders"?',
    ],
  },
  {
    what: 'a zone that is none',
    file: 'brand.yaml',
    text: BRAND.replace('Europe/Copenhagen', 'Europe/Copenhague'),
    said: ['7:1: zone: A zone is written as in "Europe/Copenhagen".'],
  },
  {
    what: 'a country that is none',
    file: 'brand.yaml',
    text: BRAND.replace('country: DK', 'country: dk'),
    said: ['8:1: country: A country is two capital letters, as in "DK".'],
  },
  {
    what: 'a channel that nobody sends by',
    file: 'brand.yaml',
    text: BRAND.replace('channels: [push, sms]', 'channels: [push, fax]'),
    said: ['14:22: purposes.offers.channels.1: "fax" is not one of: email, sms, push.'],
  },
  {
    what: 'a channel without a sender',
    file: 'brand.yaml',
    text: BRAND.replace(
      `  push: {}
`,
      '',
    ),
    said: ['13:16: purposes.offers.channels.0: Nobody sends by push: add it under "senders".'],
  },
  {
    what: 'a consent that is none',
    file: 'brand.yaml',
    text: BRAND.replace('consent: required', 'consent: yes'),
    said: ['13:5: purposes.offers.consent: "yes" is not one of: required, not needed.'],
  },
  {
    what: 'a colour without quotes',
    file: 'brand.yaml',
    text: BRAND.replace(
      'country: DK',
      `country: DK
look: { colours: { ink: #2b211b } }`,
    ),
    said: [
      '9:25: "#2b211b } }" began a comment. Quote the text; or put a space after the #, if a comment was meant.',
      '10:1: A { … } that was opened above is not closed. Close it, or write it over several lines without brackets.',
    ],
  },
  {
    what: 'a deadline that is too long',
    file: 'brand.yaml',
    text: BRAND.replace('deadline: 12 hours', 'deadline: 30 days'),
    said: ['16:5: purposes.offers.deadline: A message is held for 14 days at the most.'],
  },
  {
    what: 'a locale that is none',
    file: 'brand.yaml',
    text: BRAND.replace('locales: en', 'locales: english'),
    said: ['6:1: locales: A locale is written as in "en" or "sv-SE".'],
  },
  {
    what: 'a phone number without quotes',
    file: 'brand.yaml',
    text: BRAND.replace('sms: { from: Kaffi }', 'sms: { from: 0045 70 70 70 }'),
    said: [
      '4:10: senders.sms.from: An SMS comes from a number such as "+46701234567", a short code, or a name of at most 11 letters, digits and "-".',
    ],
  },
  {
    what: 'a cap without a time',
    file: 'brand.yaml',
    text: BRAND.replace('{ up to: 1 time, per: 1 day }', '{ up to: 1 time a day }'),
    said: [
      '15:14: purposes.offers.caps.0.up to: "1 time a day" is not a count, as in "3 times".',
      '15:12: purposes.offers.caps.0: "per" is missing. Add "per".',
    ],
  },
  {
    what: 'an hour that is none',
    file: 'brand.yaml',
    text: BRAND.replace(
      'teams: [care]',
      `teams: [care]
quiet hours: { from: 9 pm, to: 9 am }`,
    ),
    said: [
      '19:16: quiet hours.from: A time of day is written as in "09:00".',
      '19:28: quiet hours.to: A time of day is written as in "09:00".',
    ],
  },
  {
    what: 'who an SMS is from, without its key',
    file: 'brand.yaml',
    text: BRAND.replace(/sms: \{.*\}/, 'sms: Kaffi'),
    said: ['4:3: senders.sms: Here belongs a map, not "Kaffi". It holds: from.'],
  },
  {
    what: 'a team with a capital',
    file: 'brand.yaml',
    text: BRAND.replace('teams: [care]', 'teams: [Care]'),
    said: ['18:9: teams.0: A name has lower-case letters, digits and hyphens, as in "order-reminder".'],
  },
  {
    what: 'a cap on a channel that there is not',
    file: 'brand.yaml',
    text: BRAND.replace('per: 1 day }', 'per: 1 day, channel: fax }'),
    said: ['15:41: purposes.offers.caps.0.channel: "fax" is not one of: email, sms, push.'],
  },
]
