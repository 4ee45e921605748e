import { describe, expect, it } from 'vitest'
import { aProfile } from '#test/builders/a-touchpoint.ts'
import type { Profile } from '../profiles/profile.ts'
import { type ChannelChoice, channelOrder } from './channel-order.ts'

const purpose = { channels: ['push', 'email', 'sms'] } as const
const engaged = (...channels: readonly string[]): Pick<Profile, 'engaged'> => ({
  engaged: channels.map((channel, hour) => [channel, hour]),
})
const prefers = (channel: string): Pick<Profile, 'traits'> => ({ traits: { preferredChannel: [channel, 0] } })

describe('channelOrder', () => {
  it.each<[string, ChannelChoice | undefined, Partial<Profile>, readonly string[]]>([
    ['the purpose’s, where nothing is said', undefined, prefers('sms'), ['push', 'email', 'sms']],
    ['the step’s own, whatever she prefers', ['sms', 'push'], prefers('email'), ['sms', 'push']],
    ['what she told us first', 'preferred', prefers('sms'), ['sms', 'push', 'email']],
    ['where she engages most first', 'preferred', engaged('sms', 'email', 'sms'), ['sms', 'email', 'push']],
    [
      'what she told us before where she engages',
      'preferred',
      { ...prefers('email'), ...engaged('sms') },
      ['email', 'sms', 'push'],
    ],
    ['the purpose’s among equals', 'preferred', engaged('sms', 'email'), ['email', 'sms', 'push']],
    ['the purpose’s, where we know nothing', 'preferred', {}, ['push', 'email', 'sms']],
    ['no channel that the purpose has not', 'preferred', prefers('pigeon'), ['push', 'email', 'sms']],
    ['where she wrote last first', 'reply', { wrote: ['sms', 0], ...prefers('email') }, ['sms', 'email', 'push']],
    [
      'where she wrote last, though the purpose has it not',
      'reply',
      { wrote: ['chat', 0] },
      ['chat', 'push', 'email', 'sms'],
    ],
    ['as preferred, where she never wrote', 'reply', engaged('email'), ['email', 'push', 'sms']],
  ])('is %s', (_what, choice, known, order) => {
    expect(channelOrder(choice, aProfile(known), purpose)).toEqual(order)
  })
})
