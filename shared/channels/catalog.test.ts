import { describe, expect, it } from 'vitest'
import { aBrand } from '#test/builders/a-brand.ts'
import { channels, isChannel } from './catalog.ts'
import { formReaders } from './forms.ts'
import { parsePushAddress } from './push/push.ts'
import { CHANNEL_NAMES } from './senders.ts'

const brand = aBrand()
const links = { unsubscribe: 'https://kaffi.example/u/token' }

describe('channels', () => {
  it('are those that a brand can have a sender for, each by its own name', () => {
    expect(Object.keys(channels)).toEqual(CHANNEL_NAMES)
    for (const [name, channel] of Object.entries(channels)) expect(channel.name).toBe(name)
    expect(Object.keys(formReaders)).toEqual(CHANNEL_NAMES)
  })

  it('know their names', () => {
    expect([isChannel('email'), isChannel('fax'), isChannel('constructor')]).toEqual([true, false, false])
  })

  it.each(CHANNEL_NAMES)('say what is missing when the brand has no sender for %s', (name) => {
    const rendered = { subject: 's', preheader: '', html: 'h', text: 't', title: 't', body: 'b' }
    expect(() => channels[name].compose({ rendered, brand: aBrand({ senders: {} }), links })).toThrow(
      `Add "${name}" under "senders"`,
    )
  })

  it.each(CHANNEL_NAMES)('know that somebody without an address cannot be reached by %s', (name) => {
    expect(channels[name].address({})).toBeUndefined()
  })
})

describe('email', () => {
  const rendered = { subject: 'Hi', preheader: 'p', html: '<p>Hi</p>', text: 'Hi' }

  it('says who writes, and how to be left alone with one click', () => {
    expect(channels.email.compose({ rendered, brand, links })).toEqual({
      from: { name: 'Kaffi', address: 'hello@kaffi.example' },
      replyTo: 'care@kaffi.example',
      subject: 'Hi',
      html: '<p>Hi</p>',
      text: 'Hi',
      headers: {
        'List-Unsubscribe': '<https://kaffi.example/u/token>',
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
    })
  })

  it('has no such headers where there is nothing to withdraw', () => {
    expect(channels.email.compose({ rendered, brand, links: {} }).headers).toEqual({})
  })

  it('goes to her email address, at any length', () => {
    expect(channels.email.address({ email: 'ada@example.org', phone: '+45' })).toBe('ada@example.org')
    expect(channels.email.limit({})).toBeUndefined()
  })
})

describe('sms', () => {
  it('goes from the brand’s number to her phone', () => {
    expect(channels.sms.compose({ rendered: { text: ' Hej\n' }, brand, links })).toEqual({
      from: '+4570000000',
      text: 'Hej',
    })
    expect(channels.sms.address({ phone: '+4520000000' })).toBe('+4520000000')
  })

  it.each([
    [1_600, undefined],
    [1_601, 'too-long'],
  ])('of %i characters is %s', (length, limit) => {
    expect(channels.sms.limit({ from: '+45', text: 'x'.repeat(length) })).toBe(limit)
  })
})

describe('push', () => {
  it('shows the brand’s icon and opens the link', () => {
    const rendered = { title: 'Hi', body: ' It waits ', link: 'kaffi://cart', data: { order: 'o-1' } }
    expect(channels.push.compose({ rendered, brand, links })).toEqual({
      title: 'Hi',
      body: 'It waits',
      link: 'kaffi://cart',
      icon: 'https://kaffi.example/icon.png',
      data: { order: 'o-1' },
    })
  })

  it('leaves out a link that came out empty', () => {
    const composed = channels.push.compose({ rendered: { title: 'Hi', body: 'b', link: '' }, brand, links })
    expect(Object.keys(composed)).toEqual(['title', 'body', 'icon', 'data'])
  })

  it.each([
    [{ id: 'd', platform: 'ios', pushToken: 'a:b' }, 'ios:a:b', { platform: 'ios', token: 'a:b' }],
    [{ id: 'd', pushToken: 'x' }, 'android:x', { platform: 'android', token: 'x' }],
  ] as const)('goes to her device %j', (device, address, parsed) => {
    expect(channels.push.address({ device })).toBe(address)
    expect(parsePushAddress(address)).toEqual(parsed)
  })

  it.each(['x', 'pager:x', ''])('does not know the address "%s"', (address) => {
    expect(parsePushAddress(address)).toBeUndefined()
  })

  it('has to fit into 4 KB, which is counted in bytes', () => {
    expect(channels.push.limit({ title: 'x', body: 'å'.repeat(2_000), data: {} })).toBeUndefined()
    expect(channels.push.limit({ title: 'x', body: 'å'.repeat(2_100), data: {} })).toBe('too-long')
  })
})
