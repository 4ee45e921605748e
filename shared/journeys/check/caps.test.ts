import { describe, expect, it } from 'vitest'
import { aBrand } from '#test/builders/a-brand.ts'
import { aJourneyReading } from '#test/builders/a-journey.ts'
import type { Brand } from '../../brand/brand.ts'
import type { Cap } from '../../brand/purposes.ts'
import { DAY, HOUR } from '../../time/duration.ts'
import { checkJourney } from './check-journey.ts'

const own = (cap: Cap, brand: Brand = aBrand({ caps: [] })): Brand => {
  const { offers } = brand.purposes
  if (offers === undefined) throw new Error('The brand has offers.')
  return { ...brand, purposes: { ...brand.purposes, offers: { ...offers, caps: [cap], deadline: 12 * HOUR } } }
}

/** What becomes of which message, as `steps.2 it is always held …`. */
function late(steps: string, brand: Brand, head = ''): readonly string[] {
  const reading = aJourneyReading(steps, head)
  if (!reading.ok) throw new Error('It reads well.')
  const messages = { hello: ['push', 'sms'], note: ['sms'], paper: ['push', 'sms', 'email'] }
  return checkJourney(reading.document, reading.source, { brand, messages })
    .filter(({ message }) => message.includes('a cap allows'))
    .map(({ path, message }) => `${path} ${message.replace(/^.*: /, '')}`)
}

const twice = (wait: string): string => `  - send: hello\n  - wait: ${wait}\n  - send: hello`
const once: Cap = { upTo: 1, per: DAY }

describe('a message that comes too soon for a cap', () => {
  it.each([
    ['is held when its deadline lets it', '13 hours', ['steps.2 it is always held, for 11 hours or more.']],
    [
      'is lost when it does not',
      '11 hours',
      ['steps.2 it never goes out on this path, for it may be held 12 hours only.'],
    ],
    ['is none once the cap has opened', '24 hours', []],
  ])('%s', (_, wait, expected) => {
    expect(late(twice(wait), own(once))).toEqual(expected)
  })

  it('is told only when it is lost, where it depends on when she acts', () => {
    const steps = '  - send: hello\n  - { await: a.b, within: 3 days, else: [{ exit: no }] }\n  - send: hello'
    expect(late(steps, own(once))).toEqual(['steps.2 it is lost when she is quick, for it may be held 12 hours only.'])
    expect(late(steps.replace('send: hello\n  - { a', 'send: hello\n  - wait: 13 hours\n  - { a'), own(once))).toEqual(
      [],
    )
  })

  it('counts messages of other purposes where the cap is over all, but none without consent is held', () => {
    const brand = { ...own({ upTo: 9, per: DAY }), caps: [once] }
    const steps = (first: string, second: string) =>
      `  - { send: hello, purpose: ${first} }\n  - wait: 20 hours\n  - { send: paper, purpose: ${second} }`
    expect(late(steps('service', 'offers'), brand)).toHaveLength(1)
    expect(late(steps('offers', 'service'), brand)).toEqual([])
  })

  it('counts those of a channel only where they go by no other', () => {
    const sms: Cap = { ...once, channel: 'sms' }
    expect(late('  - { send: note, by: sms }\n  - { send: note, by: sms }', own(sms))).toHaveLength(1)
    expect(late('  - { send: hello, by: [push, sms] }\n  - { send: note, by: sms }', own(sms))).toEqual([])
  })

  it('has fewer places where some are kept for a higher priority', () => {
    const kept: Cap = { upTo: 2, per: DAY, reserved: { times: 1, priority: 50 } }
    expect(late(twice('13 hours'), own(kept))).toHaveLength(1)
    expect(late(twice('13 hours'), own(kept), 'priority: 50\n')).toEqual([])
  })
})
