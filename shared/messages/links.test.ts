import { createSecretKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { DAY } from '../time/duration.ts'
import { type LinkPayload, linksFor, readLink, signLink } from './links.ts'

const KEY = createSecretKey(new Uint8Array(32).fill(1))
const NOW = Date.parse('2026-11-21T12:00:00Z')

const PAYLOADS: readonly LinkPayload[] = [
  { kind: 'unsubscribe', customer: 'cus_1', dispatch: 'dsp_1', channel: 'email', purpose: 'offers' },
  { kind: 'click', customer: 'cus_1', dispatch: 'dsp_1', url: 'https://kaffi.example/å?x=1&y="2"' },
  { kind: 'preferences', customer: 'cus_1', expiresAt: NOW + DAY },
]

describe('readLink', () => {
  it.each(PAYLOADS)('reads what signLink wrote ($kind)', (payload) => {
    expect(readLink(KEY, signLink(KEY, payload), NOW)).toEqual(payload)
  })

  it('refuses a token in which any character was changed, left out or added', () => {
    for (const payload of PAYLOADS) {
      const token = signLink(KEY, payload)
      for (let index = 0; index < token.length; index += 1) {
        for (const other of ['A', 'B', 'u', 'c', '.', '-', '']) {
          const changed = token.slice(0, index) + other + token.slice(index + 1)
          if (changed !== token) expect(readLink(KEY, changed, NOW)).toBeUndefined()
        }
      }
      expect(readLink(KEY, `${token}A`, NOW)).toBeUndefined()
      expect(readLink(KEY, `${token}.`, NOW)).toBeUndefined()
    }
  })

  it('refuses a token that is used for another purpose', () => {
    const [click, unsubscribe] = [signLink(KEY, PAYLOADS[1]!), signLink(KEY, PAYLOADS[0]!)]
    expect(readLink(KEY, `u${click.slice(1)}`, NOW)).toBeUndefined()
    expect(readLink(KEY, `c${unsubscribe.slice(1)}`, NOW)).toBeUndefined()
  })

  it('refuses a token of another installation', () => {
    expect(readLink(createSecretKey(new Uint8Array(32).fill(2)), signLink(KEY, PAYLOADS[0]!), NOW)).toBeUndefined()
  })

  it.each(['', '.', '..', 'u..', 'x.e30.AAAA', 'not a token', '%00', 'u.é.ü'])('refuses "%s"', (token) => {
    expect(readLink(KEY, token, NOW)).toBeUndefined()
  })

  it('lets the preferences be seen for a time, and an unsubscribe link work for ever', () => {
    const later = NOW + 800 * DAY
    expect(readLink(KEY, signLink(KEY, PAYLOADS[2]!), later)).toBeUndefined()
    expect(readLink(KEY, signLink(KEY, PAYLOADS[0]!), later)).toEqual(PAYLOADS[0])
  })
})

describe('linksFor', () => {
  const options = {
    publicUrl: 'https://kaffi.example',
    key: KEY,
    customer: 'cus_1',
    dispatch: 'dsp_1',
    channel: 'email',
    purpose: 'offers',
    needsConsent: true,
    now: NOW,
  }
  const tokenIn = (url: string | undefined) => url?.split('/').at(-1) ?? ''

  it('makes links that lead to our pages and say who she is', () => {
    const links = linksFor(options)
    expect(links.unsubscribe).toMatch(/^https:\/\/kaffi\.example\/u\/[\w.-]+$/)
    expect(links.preferences).toMatch(/^https:\/\/kaffi\.example\/p\/[\w.-]+$/)
    expect(readLink(KEY, tokenIn(links.unsubscribe), NOW)).toEqual(PAYLOADS[0])
    expect(readLink(KEY, tokenIn(links.preferences), NOW + 90 * DAY)).toMatchObject({ customer: 'cus_1' })
    expect(readLink(KEY, tokenIn(links.preferences), NOW + 91 * DAY)).toBeUndefined()
    expect(readLink(KEY, tokenIn(links.click?.('https://a.example/')), NOW)).toMatchObject({
      url: 'https://a.example/',
    })
  })

  it('fits into the header that a mail provider takes', () => {
    expect(linksFor(options).unsubscribe?.length).toBeLessThan(500)
  })

  it('gives no way out of what needs no consent', () => {
    expect(linksFor({ ...options, needsConsent: false }).unsubscribe).toBeUndefined()
  })
})
