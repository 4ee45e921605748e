import type { Brand } from '../brand/brand.ts'
import type { Purpose } from '../brand/purposes.ts'
import { channels, isChannel } from '../channels/catalog.ts'
import type { ChannelName } from '../channels/senders.ts'
import { zoneOf } from '../decisions/zone.ts'
import { Misconfigured } from '../errors/errors.ts'
import { type Links, linksFor } from '../messages/links.ts'
import type { CompiledMessage } from '../messages/message-document.ts'
import { type RenderedMessage, renderMessage } from '../messages/render-message.ts'
import type { Profile } from '../profiles/profile.ts'
import type { Outgoing } from '../world/provider.ts'
import type { World } from '../world/world.ts'
import type { Dispatch } from './dispatch-row.ts'
import { localeOf, type Values, variablesOf } from './values.ts'

export interface Composition {
  readonly outgoing: Outgoing
  readonly locale: string
  readonly warnings: readonly string[]
}

interface Material {
  readonly dispatch: Pick<Dispatch, 'id' | 'customer' | 'journey' | 'step' | 'message' | 'purpose'>
  readonly profile: Profile
  readonly brand: Brand
  readonly purpose: Purpose
  readonly message: CompiledMessage
  readonly channel: string
  readonly address: string
  readonly values: Values
}

type ComposeWorld = Pick<World, 'table' | 'clock' | 'secrets' | 'settings'>

/**
 * The message as it goes to the provider: rendered in her language and zone, addressed, with signed links.
 * @throws Misconfigured when no provider of the channel would take so long a message.
 */
export async function composeDispatch(world: ComposeWorld, material: Material): Promise<Composition> {
  const { dispatch, brand, purpose, message, channel, address } = material
  if (!isChannel(channel)) throw new Misconfigured('channel.unknown', `There is no channel ${channel}.`)
  const links = await linksOf(world, material)
  const { content: texts, locale, warnings } = await render(world, material, channel, links)
  const content = channels[channel].compose({ rendered: texts, brand, links })
  if (channels[channel].limit(content) === 'too-long')
    throw new Misconfigured(
      'message.too-long',
      `Message ${message.message} is too long for ${channel} in ${locale}; shorten it.`,
    )
  const { id, customer } = dispatch
  return {
    outgoing: { channel, dispatch: id, customer, to: address, content, tags: tagsOf(dispatch, purpose) },
    locale,
    warnings: warnings.map(({ variable }) => variable),
  }
}

async function linksOf(
  { clock, secrets, settings }: ComposeWorld,
  { dispatch, purpose, channel }: Material,
): Promise<Links> {
  return linksFor({
    publicUrl: settings.publicUrl,
    key: await secrets.linkKey(),
    customer: dispatch.customer,
    dispatch: dispatch.id,
    channel,
    purpose: dispatch.purpose,
    needsConsent: purpose.needsConsent,
    now: clock.now(),
  })
}

async function render(
  world: ComposeWorld,
  material: Material,
  channel: ChannelName,
  links: Links,
): Promise<RenderedMessage> {
  const { profile, brand, message, values } = material
  return renderMessage({
    message,
    channel,
    locale: localeOf(profile),
    zone: zoneOf(profile, brand),
    brand,
    variables: await variablesOf(world, values),
    now: world.clock.now(),
    links,
  })
}

/** Tags come back with feedback; providers take letters, digits, `_` and `-` only. */
function tagsOf(
  { id, customer, journey, step, message }: Material['dispatch'],
  { needsConsent }: Purpose,
): Outgoing['tags'] {
  return { dispatch: id, customer, journey, step, message, kind: needsConsent ? 'marketing' : 'service' }
}
