import type { Mistake } from './a-folder.ts'

/** In messages, segments and tables. */
export const MESSAGES: readonly Mistake[] = [
  {
    what: 'a variable that nobody fills',
    file: 'messages/hello/sms.en.txt',
    text: `Hello {{ custmer.first_name }}. Reply STOP for no more.
`,
    said: [
      '1:10: Nothing fills "custmer.first_name". Known are customer, entry, saved, brand, links, message; or give it a default: {{ custmer.first_name | default: "" }}.',
    ],
  },
  {
    what: 'a brace that does not close',
    file: 'messages/hello/sms.en.txt',
    text: `Hello {{ customer.first_name }. Reply STOP for no more.
`,
    said: ['1:7: output "{{ customer.first_name }. Rep..." not closed.'],
  },
  {
    what: 'a filter that there is not',
    file: 'messages/hello/sms.en.txt',
    text: `Hello {{ customer.first_name | captalize }}. Reply STOP.
`,
    said: ['1:7: undefined filter: captalize.'],
  },
  {
    what: 'an empty message',
    file: 'messages/hello/sms.en.txt',
    text: `
`,
    said: ['1:1: This message is empty. Write its text here.'],
  },
  {
    what: 'a form in a locale that there is not',
    file: 'messages/hello/sms.da.txt',
    text: `Hej. Svar STOP.
`,
    said: ['1:1: "da" is none of the brand\'s locales: en.'],
  },
  {
    what: 'a form on a channel that there is not',
    file: 'messages/hello/fax.en.txt',
    text: `Hello
`,
    said: ['1:1: A form is named by channel and locale, as in email.en.mjml, sms.en.txt, push.en.yaml.'],
  },
  {
    what: 'a form with the wrong ending',
    file: 'messages/hello/push.en.txt',
    text: `title: Hello
`,
    said: ['1:1: This file would be push.en.yaml.'],
  },
  {
    what: 'a push without a body',
    file: 'messages/hello/push.en.yaml',
    text: `title: Hello
`,
    said: ['1:1: "body" is missing. Add "body".'],
  },
  {
    what: 'an SMS without a way out',
    file: 'messages/hello/sms.en.txt',
    text: `Hello there.
`,
    said: [
      'warning 1:1: An SMS that needs consent says how to have no more of them. End it with, say, "Reply STOP for no more".',
    ],
  },
  {
    what: 'a word that the brand never uses',
    file: 'messages/hello/sms.en.txt',
    text: `Hello, cheap coffee! Reply STOP for no more.
`,
    said: ['warning 1:8: "cheap" is a word that the brand never uses. Say it in other words.'],
  },
  {
    what: 'an offer without consent',
    file: 'messages/reminder/sms.en.txt',
    text: `Your order waits, and an offer, too.
`,
    said: [
      'warning 1:26: "offer" makes this marketing, and it is sent without asking for consent. Say it in other words.',
    ],
  },
  {
    what: 'a quote that makes an SMS dear',
    file: 'messages/reminder/sms.en.txt',
    text: `Your order is ready and it’s waiting for you on the counter of our store at the square, come by.
`,
    said: [
      'warning 1:1: It takes 2 parts instead of 1, since "’" is not in the alphabet of SMS. Write it with plain letters and straight quotes.',
    ],
  },
  {
    what: 'a long SMS',
    file: 'messages/reminder/sms.en.txt',
    text: `{{ entry.note }} All work and no play makes jack a dull boy. All work and no play makes jack a dull boy. All work and no play makes jack a dull boy. All work and no play makes jack a dull boy. All work and no play makes jack a dull boy. All work and no play makes jack a dull boy. All work and no play makes jack a dull boy. All work and no play makes jack a dull boy. All work and no play makes jack a dull boy. All work and no play makes jack a dull boy. All work and no play makes jack a dull boy. All work and no play makes jack a dull boy. 
`,
    said: [
      'warning 1:1: It takes 4 parts, each of which is paid for, when every variable has 20 letters. Shorten it to 3 parts.',
    ],
  },
  {
    what: 'a purpose that a message does not have',
    file: 'messages/hello/message.yaml',
    text: `message: hello
purpose: offer
`,
    said: ['2:1: purpose: brand.yaml has no purpose "offer".'],
  },
  {
    what: 'a yes for tracked links',
    file: 'messages/hello/message.yaml',
    text: `message: hello
track links: on
`,
    said: ['2:1: track links: "on" is not true or false.'],
  },
  {
    what: 'a message that is not called as its folder',
    file: 'messages/hello/message.yaml',
    text: `message: helo
`,
    said: ['1:1: message: This is not the name of its folder. Write "message: hello".'],
  },
  {
    what: 'an email without subject',
    file: 'messages/hello/email.en.mjml',
    text: `---
preheader: x
---
<mjml><mj-body></mj-body></mjml>
`,
    said: ['1:1: The subject is missing.'],
  },
  {
    what: 'an email without a way out',
    file: 'messages/hello/email.en.mjml',
    text: `---
subject: Hi
preheader: x
---
<mjml><mj-body><mj-section><mj-column><mj-text>Hi</mj-text></mj-column></mj-section></mj-body></mjml>
`,
    said: [
      '1:1: An email that needs consent has a link to unsubscribe. Add <a href="{{ links.unsubscribe }}">…</a>, in the footer of partials/ best of all.',
      '1:1: An email that needs consent shows our postal address. Add {{ brand.legal.address }}, in the footer of partials/ best of all.',
    ],
  },
  {
    what: 'a misspelt tag of MJML',
    file: 'messages/hello/email.en.mjml',
    text: `---
subject: Hi
preheader: x
---
<mjml><mj-body><mj-section><mj-colum><mj-text>Hi {{ links.unsubscribe }} {{ brand.legal.address }}</mj-text></mj-colum></mj-section></mj-body></mjml>
`,
    said: [
      "5:1: Element mj-colum doesn't exist or is not registered.",
      '5:1: MJML drops {{ links.unsubscribe }} here. Write <mj-raw>{{ links.unsubscribe }}</mj-raw>.',
      '5:1: MJML drops {{ brand.legal.address }} here. Write <mj-raw>{{ brand.legal.address }}</mj-raw>.',
    ],
  },
  {
    what: 'a partial that there is not',
    file: 'messages/hello/email.en.mjml',
    text: `---
subject: Hi
preheader: x
---
<mjml><mj-body>{% include 'foter' %}</mj-body></mjml>
`,
    said: ['5:16: There is no partial "foter.mjml" in partials/.'],
  },
  {
    what: 'a segment that is not called as its file',
    file: 'segments/loyal.yaml',
    text: `segment: loyl
if: { trait: plan, is: pro }
`,
    said: ['1:1: segment: This is not the name of its file, loyal.'],
  },
  {
    what: 'a segment that nobody can be in',
    file: 'segments/loyal.yaml',
    text: `segment: loyal
if: [{ trait: plan, is: pro }, { trait: plan, one of: [free, trial] }]
`,
    said: ['2:1: if: Nobody can be in this segment: it contradicts itself. Change it.'],
  },
  {
    what: 'a segment without a condition',
    file: 'segments/loyal.yaml',
    text: `segment: loyal
`,
    said: ['1:1: "if" is missing. Add "if".'],
  },
  {
    what: 'a misspelt key of a segment',
    file: 'segments/loyal.yaml',
    text: `segment: loyal
fi: { trait: plan, is: pro }
`,
    said: ['1:1: "if" is missing. Add "if".', '2:1: fi: "fi" is not known here. Did you mean "if"?'],
  },
  {
    what: 'a table with a cell too many',
    file: 'stores.csv',
    text: `name
Torvet, Aarhus
`,
    said: ['2:1: This line has 2 cells, the first one 1; put a text with a comma in quotes.'],
  },
]
