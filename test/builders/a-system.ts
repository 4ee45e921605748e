import { describeProblem } from '#shared/documents/document.ts'
import { type CustomerView, showCustomer } from '#shared/insights/customer.ts'
import { type FolderReading, readBrandFolder } from '#shared/journeys/folder/brand-folder.ts'
import { publishBrandFolder } from '#shared/journeys/versions/publish.ts'
import { type Acceptance, acceptEvents } from '#shared/recording/doors/accept-events.ts'
import { parseDuration } from '#shared/time/duration.ts'
import type { Identifier } from '#shared/touchpoints/identifiers.ts'
import type { Log, World } from '#shared/world/world.ts'
import type { OutboxMessage } from '../../local/outbox.ts'
import { System, type SystemOptions } from '../../local/system.ts'

export const START = Date.parse('2026-03-10T10:00:00Z')

export const QUIET: Log = { info: () => {}, warn: () => {}, error: () => {} }

const OFFERS = '{ consent: required, channels: [push, email, sms], deadline: 2 days, caps: [{ up to: 3, per: 1 day }] }'

/** The file of a small brand; `more` are further lines of it, `purposes` further purposes. */
export function aBrandFile({ offers = OFFERS, purposes = '', more = '' } = {}): string {
  return `
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
  offers: ${offers}
  service: { consent: not needed, channels: [push, sms, email] }
  ${purposes}
teams: [care, care-leads]
${more}`
}

export type MessageForm = 'email' | 'sms' | 'push'

/** A message of a few words on every channel, or on those named. */
export function aMessageFolder(name: string, forms: readonly MessageForm[] = ['email', 'sms', 'push']) {
  const files: Readonly<Record<MessageForm, readonly [file: string, text: string]>> = {
    email: [
      'email.en.mjml',
      `---
subject: "${name} for {{ customer.first_name | default: 'you' }}"
preheader: Hello
---
<mjml><mj-body><mj-section><mj-column><mj-text>${name} {{ entry.order_id | default: '' }} <a href="https://kaffi.example/menu">Menu</a>
<a href="{{ links.unsubscribe }}">Unsubscribe</a> <a href="{{ links.preferences }}">Preferences</a> {{ brand.legal.address }}</mj-text></mj-column></mj-section></mj-body></mjml>`,
    ],
    sms: ['sms.en.txt', `${name} {{ entry.order_id | default: '' }}`],
    push: ['push.en.yaml', `title: ${name}\nbody: Hello\n`],
  }
  return Object.fromEntries(forms.map((form) => [`messages/${name}/${files[form][0]}`, files[form][1]]))
}

interface FolderOptions {
  /** YAML by name. */
  readonly journeys?: Readonly<Record<string, string>> | undefined
  /** Conditions as YAML, by name. */
  readonly segments?: Readonly<Record<string, string>> | undefined
  readonly messages?: readonly string[] | undefined
  /** Forms that the messages have; all, unless told otherwise. Email costs half a second, once in a test file. */
  readonly forms?: readonly MessageForm[] | undefined
  readonly brand?: string | undefined
}

interface StageOptions extends Partial<SystemOptions>, FolderOptions {
  /** Default 11:00 in Copenhagen on a Tuesday. */
  readonly at?: string | undefined
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
  /** Publishes a folder over what is live. */
  publish(folder: FolderOptions): Promise<void>
  customer(identifier: Identifier): Promise<CustomerView | undefined>
}

/** What a system lives in, made for each anew; in memory unless `standOn` says otherwise. */
export interface Ground {
  readonly wrapWorld: NonNullable<SystemOptions['wrapWorld']>
  readonly worldOf: NonNullable<SystemOptions['worldOf']>
  join(system: System): void
}

let ground: (() => Promise<Ground>) | undefined

/** All stages after it stand on another ground than memory: whole files of tests are told once more there. */
export function standOn(newGround: () => Promise<Ground>): void {
  ground = newGround
}

/** The whole system in memory, its clock standing still until it is advanced. */
export async function aStage({
  journeys,
  segments,
  messages,
  forms,
  brand,
  at,
  ...options
}: StageOptions = {}): Promise<Stage> {
  const start = at === undefined ? START : Date.parse(at)
  const below = await ground?.()
  const system = new System({
    publicUrl: 'http://127.0.0.1:4700',
    realNow: () => start,
    log: QUIET,
    ...options,
    ...(below === undefined ? {} : onGround(below, options)),
  })
  system.startStepped()
  below?.join(system)
  const stage = stageOf(system)
  await stage.publish({ journeys, segments, messages, forms, brand })
  return stage
}

/** What goes round the world goes round that of each function, too. */
function onGround({ wrapWorld, worldOf }: Ground, options: Partial<SystemOptions>): Partial<SystemOptions> {
  const around = options.wrapWorld ?? ((world) => world)
  return {
    wrapWorld: (world) => around(wrapWorld(world)),
    worldOf: (name, world) => around(worldOf(name, world)),
  }
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
    publish: (folder) => publishTo(system.world, folder),
    customer: (identifier) => showCustomer(system.world, identifier),
  }
}

/** Publishes a folder over what is live. */
export async function publishTo(world: World, folder: FolderOptions): Promise<void> {
  const reading = await readFolder(folder)
  if (!reading.ok) throw new Error(reading.problems.map(describeProblem).join('\n'))
  await publishBrandFolder(world, reading.folder)
}

const readings = new Map<string, Promise<FolderReading>>()

/** Many tests of a file use the same folder, which is read once. */
function readFolder({
  journeys = {},
  segments = {},
  messages = [],
  forms,
  brand = aBrandFile(),
}: FolderOptions): Promise<FolderReading> {
  const files = {
    'brand.yaml': brand,
    ...Object.assign({}, ...messages.map((name) => aMessageFolder(name, forms))),
    ...Object.fromEntries(
      Object.entries(segments).map(([name, text]) => [`segments/${name}.yaml`, segmentFile(name, text)]),
    ),
    ...Object.fromEntries(Object.entries(journeys).map(([name, text]) => [`journeys/${name}.yaml`, text])),
  }
  const key = JSON.stringify(files)
  const reading = readings.get(key) ?? readBrandFolder(files)
  readings.set(key, reading)
  return reading
}

function segmentFile(name: string, condition: string): string {
  return `segment: ${name}\nif:\n  ${condition}\n`
}

function nameOf(content: Readonly<Record<string, unknown>>): string {
  return String(content.subject ?? content.title ?? content.text).trim()
}
