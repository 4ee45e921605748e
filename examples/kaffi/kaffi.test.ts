import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { readBrandFiles } from '#local/brand-files.ts'
import { countParts } from '#shared/channels/sms/parts.ts'
import { describeProblem } from '#shared/documents/document.ts'
import { type BrandFolder, readBrandFolder } from '#shared/journeys/folder/brand-folder.ts'
import { allSteps } from '#shared/journeys/steps/name-steps.ts'
import type { CompiledMessage } from '#shared/messages/message-document.ts'
import { renderMessage } from '#shared/messages/render-message.ts'
import { consentState } from '#shared/profiles/consent.ts'
import { fold } from '#shared/profiles/fold.ts'
import { newProfile } from '#shared/profiles/profile.ts'
import { parseTouchpoint } from '#shared/touchpoints/parse.ts'

const LOCALES = ['en', 'sv', 'da', 'nl']

const folder = await kaffi()
const messages = Object.values(folder.messages)
const forms = messages.flatMap((message) =>
  Object.entries(message.channels).flatMap(([channel, byLocale]) =>
    Object.keys(byLocale).map((locale) => ({
      message,
      channel,
      locale,
      name: `${message.message} by ${channel} in ${locale}`,
    })),
  ),
)

async function kaffi(): Promise<BrandFolder> {
  const reading = await readBrandFolder(readBrandFiles(fileURLToPath(new URL('.', import.meta.url))))
  if (!reading.ok) throw new Error(reading.problems.map(describeProblem).join('\n'))
  return reading.folder
}

const ENTRY = {
  order_id: 'K7Q2M',
  store: 'aarhus',
  store_name: 'Kaffi Latinerkvarteret',
  items: [
    { name: 'Oat cortado', quantity: 2, price: 4.2 },
    { name: 'Almond croissant', quantity: 1, price: 4.1 },
  ],
  total: 12.5,
}

function rendered(
  { message, channel, locale }: { message: CompiledMessage; channel: string; locale: string },
  customer: object = {},
) {
  return renderMessage({
    message,
    channel: channel as Parameters<typeof renderMessage>[0]['channel'],
    locale,
    brand: folder.brand,
    variables: { ...folder.tables, customer, entry: ENTRY, saved: {} },
    now: Date.parse('2026-11-21T12:00:00Z'),
    links: {
      unsubscribe: message.purpose === 'service' ? undefined : 'https://kaffi.example/u/1',
      preferences: 'https://kaffi.example/p/1',
    },
  })
}

/** Nothing but what a journey has asked for before it writes. */
const STRANGER = { points_expiring: 120, points_expire_on: '2026-12-05' }
const ADA = { ...STRANGER, first_name: 'Ada', points: 120, favourite_store: 'vesterbro' }

describe('the brand folder of Kaffi', () => {
  it('reads without problems', async () => {
    const reading = await readBrandFolder(readBrandFiles(fileURLToPath(new URL('.', import.meta.url))))
    expect(reading).toMatchObject({ ok: true, warnings: [] })
    expect(Object.keys(folder.journeys).sort()).toEqual([
      'abandoned-order',
      'complaint',
      'order-ahead',
      'points-expiring',
      'welcome',
      'win-back',
    ])
    expect(Object.keys(folder.segments)).toEqual(['lapsed'])
    expect(folder.brand.locales).toEqual(LOCALES)
    expect(folder.tables.stores).toHaveLength(11)
  })

  it('has every message in every locale on each of its channels', () => {
    for (const { message, channels } of messages)
      for (const [channel, byLocale] of Object.entries(channels))
        expect([message, channel, Object.keys(byLocale).sort()]).toEqual([message, channel, LOCALES.toSorted()])
  })

  it('has no message that no journey sends', () => {
    const sent = Object.values(folder.journeys).flatMap(({ steps }) =>
      allSteps(steps).map((step) => ('message' in step ? step.message : '')),
    )
    expect(messages.map(({ message }) => message).filter((name) => !sent.includes(name))).toEqual([])
  })

  it.each(forms)('renders $name for somebody we know and for somebody we do not', (form) => {
    for (const customer of [ADA, STRANGER]) {
      const { content, warnings } = rendered(form, customer)
      expect(warnings).toEqual([])
      expect(JSON.stringify(content)).not.toMatch(/undefined|NaN|\{\{|\{%/)
    }
  })

  it.each(forms.filter(({ channel }) => channel === 'sms'))('fits $name into one part', (form) => {
    expect(countParts(String(rendered(form).content.text))).toMatchObject({ encoding: 'GSM-7', parts: 1 })
  })

  it.each(forms.filter(({ channel }) => channel === 'push'))('keeps $name short enough for a lock screen', (form) => {
    const { title, body } = rendered(form).content
    expect(String(title).length).toBeLessThanOrEqual(40)
    expect(String(body).length).toBeLessThanOrEqual(100)
  })

  it('never says what the voice forbids', () => {
    for (const form of forms) {
      const words = JSON.stringify({ ...rendered(form, ADA).content, html: '' }).toLowerCase()
      expect([form.name, ...folder.brand.voice.never.filter((word) => words.includes(word.toLowerCase()))]).toEqual([
        form.name,
      ])
    }
  })

  it('loads nothing from elsewhere when an email is opened', () => {
    for (const form of forms.filter(({ channel }) => channel === 'email'))
      expect(String(rendered(form, ADA).content.html)).not.toMatch(/<img|<link|@import|url\(/)
  })

  it.each([
    ['en', '€12.50', '5 December'],
    ['sv', '12,50&nbsp;€', '5 december'],
    ['da', '12,50&nbsp;€', '5. december'],
    ['nl', '€&nbsp;12,50', '5 december'],
  ])('writes money and dates as one does in %s', (locale, money, date) => {
    const [receipt, notice] = ['order-ready', 'points-expiring'].map(
      (name) => messages.find(({ message }) => message === name)!,
    )
    expect(String(rendered({ message: receipt!, channel: 'email', locale }).content.html)).toContain(money)
    expect(String(rendered({ message: notice!, channel: 'push', locale }, ADA).content.title)).toContain(date)
  })
})

describe('Ada', () => {
  const event: unknown = JSON.parse(readFileSync(new URL('people/ada.json', import.meta.url), 'utf8'))
  const parsed = parseTouchpoint(event, {
    receivedAt: Date.parse('2026-11-21T12:00:00Z'),
    fallbackId: () => 'none',
    source: 'test',
  })

  it('is a touchpoint of an import', () => {
    expect(parsed).toMatchObject({
      ok: true,
      touchpoint: {
        type: 'customer.signed-up',
        mode: 'history',
        identifiers: { userId: 'ada', email: 'ada@example.org', phone: '+4520123456', loyaltyCard: 'KAFFI-1001' },
        traits: { firstName: 'Ada', locale: 'en', points: 120 },
      },
    })
  })

  it('has allowed every purpose that asks for it on every channel, and has a phone to push to', () => {
    if (!parsed.ok) throw new Error(parsed.reason)
    const profile = fold(newProfile('ada', 0), parsed.touchpoint)
    for (const [purpose, { needsConsent }] of Object.entries(folder.brand.purposes))
      if (needsConsent)
        for (const channel of ['email', 'sms', 'push'])
          expect(consentState(profile.consent, purpose, channel)).toBe('given')
    expect(Object.values(profile.pushDevices)).toEqual([[true, parsed.touchpoint.occurredAt]])
  })
})
