import type { Files } from '#shared/journeys/folder/brand-folder.ts'

/** The brand of all mistakes; each changes one file of its folder, or adds one. */
export const BRAND = `brand: Kaffi
senders:
  email: { name: Kaffi, address: hello@kaffi.example }
  sms: { from: Kaffi }
  push: {}
locales: en
zone: Europe/Copenhagen
country: DK
legal: { company: Kaffi ApS, address: "Torvet 1, 1000 København" }
voice: { never: [cheap], marketing: [offer] }
purposes:
  offers:
    consent: required
    channels: [push, sms]
    caps: [{ up to: 1 time, per: 1 day }]
    deadline: 12 hours
  service: { consent: not needed, channels: [sms, email] }
teams: [care]
`

export const FOLDER: Files = {
  'brand.yaml': BRAND,
  'messages/hello/message.yaml': 'message: hello\n',
  'messages/hello/push.en.yaml': 'title: Hello\nbody: From us\n',
  'messages/hello/sms.en.txt': 'Hello. Reply STOP for no more.\n',
  'messages/reminder/message.yaml': 'message: reminder\npurpose: service\n',
  'messages/reminder/sms.en.txt': 'Your order waits.\n',
  'messages/gift/message.yaml': 'message: gift\n',
  'messages/gift/sms.en.txt': 'Your gift: {{ saved.gift }}. Reply STOP for no more.\n',
  'messages/nudge/push.en.yaml': 'title: Still there?\nbody: We are.\n',
  'segments/loyal.yaml': 'segment: loyal\nif: { trait: plan, is: pro }\n',
}

/** A mistake, and what is said about it: `line:column path: message fix`, as in `describeProblem` without the file. */
export interface Mistake {
  readonly what: string
  readonly file: string
  readonly text: string
  readonly said: readonly string[]
}

/** A journey of these steps, which begin in line 5. */
export function steps(text: string): string {
  return `journey: welcome\npurpose: offers\nenter: { when: order.started }\nsteps:\n${text}\n`
}
