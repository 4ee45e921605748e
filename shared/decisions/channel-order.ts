import type { Purpose } from '../brand/purposes.ts'
import { type Profile, traitOf } from '../profiles/profile.ts'

/** Channels in order; or those of the purpose, the one that suits her first; or where she wrote to us last. */
export type ChannelChoice = readonly string[] | 'preferred' | 'reply'

/** The channels that a message is tried on, in order. */
export function channelOrder(
  choice: ChannelChoice | undefined,
  profile: Profile,
  { channels }: Pick<Purpose, 'channels'>,
): readonly string[] {
  if (choice === undefined) return channels
  if (choice === 'preferred') return preferred(profile, channels)
  if (choice !== 'reply') return choice
  const wrote = profile.wrote?.[0]
  const others = preferred(profile, channels)
  return wrote === undefined ? others : [wrote, ...others.filter((channel) => channel !== wrote)]
}

/** What she told us first, then where she engages most, then as the purpose has it. */
function preferred(profile: Profile, channels: readonly string[]): readonly string[] {
  const told = traitOf(profile, 'preferredChannel')
  const weight = (channel: string): number =>
    channel === told ? Infinity : profile.engaged.filter(([where]) => where === channel).length
  // Sorting keeps the purpose's order among those that weigh the same.
  return channels.toSorted((one, other) => (weight(one) === weight(other) ? 0 : weight(other) - weight(one)))
}
