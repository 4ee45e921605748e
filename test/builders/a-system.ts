import { describeProblem } from '#shared/documents/document.ts'
import { readBrandFolder } from '#shared/journeys/brand-folder.ts'
import { publishBrandFolder } from '#shared/journeys/publish.ts'
import { type Acceptance, acceptEvents } from '#shared/recording/accept-events.ts'
import { parseDuration } from '#shared/time/duration.ts'
import type { Log } from '#shared/world/world.ts'
import type { OutboxMessage } from '../../local/outbox.ts'
import { System, type SystemOptions } from '../../local/system.ts'

export const START = Date.parse('2026-03-10T10:00:00Z')

export const QUIET: Log = { info: () => {}, warn: () => {}, error: () => {} }

const BRAND = `
brand: Kaffi
senders:
  email: { name: Kaffi, address: hello@kaffi.example }
  sms: { from: Kaffi }
  push: {}
locales: [en, sv]
zone: Europe/Copenhagen
country: DK
legal: { company: Kaffi ApS, address: "Torvet 1, 1000 København" }
purposes:
  offers: { consent: required, channels: [push, email, sms], deadline: 2 days, caps: [{ up to: 3, per: 1 day }] }
  service: { consent: not needed, channels: [push, sms, email] }
`

/** A message of a few words on every channel. */
export function aMessageFolder(name: string): Record<string, string> {
  return {
    [`messages/${name}/email.en.mjml`]: `---
subject: "${name} for {{ customer.first_name | default: 'you' }}"
preheader: Hello
---
<mjml><mj-body><mj-section><mj-column><mj-text>${name} {{ entry.order_id | default: '' }} <a href="https://kaffi.example/menu">Menu</a>
<a href="{{ links.unsubscribe }}">Unsubscribe</a> {{ brand.legal.address }}</mj-text></mj-column></mj-section></mj-body></mjml>`,
    [`messages/${name}/sms.en.txt`]: `${name} {{ entry.order_id | default: '' }}`,
    [`messages/${name}/push.en.yaml`]: `title: ${name}\nbody: Hello\n`,
  }
}

export interface Stage {
  readonly system: System
  /** Sends events through the door and lets everything happen that they cause at once. */
  receive(...events: readonly object[]): Promise<readonly Acceptance[]>
  /** Moves the time on, stopping at everything on the way. */
  advance(duration: string): Promise<void>
  /** What has arrived at her address, oldest first, as `channel message`. */
  arrived(to?: string): readonly string[]
  messages(): readonly OutboxMessage[]
}

interface StageOptions extends Partial<SystemOptions> {
  /** YAML by name. */
  readonly journeys?: Readonly<Record<string, string>>
  readonly messages?: readonly string[]
  readonly brand?: string
  /** Default 11:00 in Copenhagen on a Tuesday. */
  readonly at?: string
}

/** The whole system in memory, its clock standing still until it is advanced. */
export async function aStage({
  journeys = {},
  messages = [],
  brand = BRAND,
  at,
  ...options
}: StageOptions = {}): Promise<Stage> {
  const start = at === undefined ? START : Date.parse(at)
  const system = new System({ publicUrl: 'http://127.0.0.1:4700', realNow: () => start, log: QUIET, ...options })
  system.startStepped()
  const files = {
    'brand.yaml': brand,
    ...Object.assign({}, ...messages.map(aMessageFolder)),
    ...Object.fromEntries(Object.entries(journeys).map(([name, text]) => [`journeys/${name}.yaml`, text])),
  }
  const reading = await readBrandFolder(files)
  if (!reading.ok) throw new Error(reading.problems.map(describeProblem).join('\n'))
  await publishBrandFolder(system.world, reading.folder)
  return stageOf(system)
}

export function stageOf(system: System): Stage {
  const messages = (): readonly OutboxMessage[] => [...system.outbox.list({ limit: 1_000 })].reverse()
  return {
    system,
    messages,
    receive: async (...events) => {
      const accepted = await acceptEvents(system.world, events)
      await system.clock.advance(0)
      return accepted
    },
    advance: (duration) => system.clock.advance(parseDuration(duration) ?? Number.NaN),
    arrived: (to) =>
      messages()
        .filter((message) => to === undefined || message.to === to)
        .map(({ channel, content }) => `${channel} ${nameOf(content)}`),
  }
}

function nameOf(content: Readonly<Record<string, unknown>>): string {
  return String(content.subject ?? content.title ?? content.text).trim()
}
