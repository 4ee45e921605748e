import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { median } from '../stage.ts'

const RUNS = 3
const JOURNEYS = 200
const MESSAGES = 20
const THROUGHLINE = new URL('../../bin/throughline.js', import.meta.url).pathname

/** What somebody waits for who types `throughline check`: 200 journeys, 20 messages on SMS and push, 2 as email. */
export async function checkFolder(): Promise<Record<string, number>> {
  const folder = mkdtempSync(join(tmpdir(), 'throughline-check-'))
  try {
    for (const [path, text] of Object.entries(someFolder())) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    return { checkSeconds: median(Array.from({ length: RUNS }, () => secondsToCheck(folder))) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function secondsToCheck(folder: string): number {
  const began = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, [THROUGHLINE, 'check', folder])
  if (status !== 0) throw new Error(`${stdout}${stderr}`)
  return (performance.now() - began) / 1_000
}

function someFolder(): Record<string, string> {
  const files: Record<string, string> = {
    'brand.yaml': BRAND,
    'segments/loyal.yaml': 'segment: loyal\nif: { trait: plan, is: pro }\n',
  }
  for (let index = 0; index < MESSAGES; index++) {
    files[`messages/note-${index}/sms.en.txt`] =
      `Hello {{ customer.first_name | default: "you" }}, ${index}. Reply STOP for no more.\n`
    files[`messages/note-${index}/push.en.yaml`] = 'title: Hello\nbody: "{{ entry.order_id | default: \'\' }} waits"\n'
    if (index < 2) files[`messages/note-${index}/email.en.mjml`] = EMAIL
  }
  for (let index = 0; index < JOURNEYS; index++) files[`journeys/plan-${index}.yaml`] = someJourney(index)
  return files
}

/** Fifteen steps of most kinds, as marketers write them. */
function someJourney(index: number): string {
  const note = (offset: number): string => `note-${(index + offset) % MESSAGES}`
  return `journey: plan-${index}
purpose: offers
enter: { when: order.started, where: { property: total, at least: ${index} }, key: order_id, same key: restart }
exit: { when: order.completed }
goal: { when: order.completed, within: 7 days }
holdout: 10%
steps:
  - wait: 1 hour
  - { send: ${note(0)}, by: [push, sms], if not sent: exit }
  - await:
      - when: cart.viewed
      - { when: product.viewed, where: { property: price, at least: ${index} }, then: [{ wait: 1 day }, { send: ${note(1)} }] }
    within: 3 days
    else:
      - branch:
          - { if: { trait: points, at least: 50 }, then: [{ send: ${note(2)} }] }
          - { if: { did: order.completed, at least: 3 times, in the last: 90 days }, then: [{ send: ${note(3)} }] }
          - { if: { all: [{ in segment: loyal }, { consent: offers, by: sms }] }, then: [{ send: ${note(4)}, by: sms }] }
        else: [{ exit: not interested }]
  - wait: 2 days
  - split: arm-${index}
    into:
      - { name: one, share: 50%, then: [{ send: ${note(5)} }] }
      - { name: other, share: 50%, then: [{ update: { add: { visits: 1 } } }, { send: ${note(6)} }] }
  - { wait: 3 days }
  - { if: { message: ${note(5)}, was: opened }, then: [{ send: ${note(7)} }] }
`
}

const BRAND = `brand: Kaffi
senders:
  email: { name: Kaffi, address: hello@kaffi.example }
  sms: { from: Kaffi }
  push: {}
locales: en
zone: Europe/Copenhagen
country: DK
legal: { company: Kaffi ApS, address: "Torvet 1, 1000 København" }
purposes:
  offers: { consent: required, channels: [push, sms], caps: [{ up to: 3 times, per: 1 day }], deadline: 2 days }
`

const EMAIL = `---
subject: Hello
preheader: From us
---
<mjml><mj-body><mj-section><mj-column><mj-text>Hello <a href="{{ links.unsubscribe }}">Unsubscribe</a> {{ brand.legal.address }}</mj-text></mj-column></mj-section></mj-body></mjml>
`
