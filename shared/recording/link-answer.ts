import type { Purpose } from '../brand/purposes.ts'
import { feedbackId } from '../channels/feedback.ts'
import type { LinkPayload } from '../messages/links.ts'
import type { ConsentChange } from '../touchpoints/touchpoint.ts'
import type { World } from '../world/world.ts'

/** What she did with a link of ours. */
export type LinkAnswer =
  | { readonly kind: 'unsubscribed' }
  | { readonly kind: 'clicked' }
  /** `purpose/channel` of everything she left ticked. */
  | {
      readonly kind: 'preferences'
      readonly allowed: readonly string[]
      readonly purposes: Readonly<Record<string, Purpose>>
    }

/** Puts it on the bus as the touchpoint it is; the same link used again is the same touchpoint, but for preferences. */
export async function publishAnswer(
  { bus, clock }: Pick<World, 'bus' | 'clock'>,
  link: LinkPayload,
  answer: LinkAnswer,
): Promise<void> {
  const base = {
    identifiers: { customerId: link.customer },
    occurredAt: new Date(clock.now()).toISOString(),
    direction: 'in',
  }
  const detail = { ...base, ...touchpointOf(link, answer, clock.now()) }
  await bus.publish([{ source: 'link', detailType: detail.type, detail }])
}

function touchpointOf(link: LinkPayload, answer: LinkAnswer, now: number) {
  if (link.kind === 'unsubscribe') {
    const { dispatch, channel, purpose } = link
    const change: ConsentChange = { purpose, channel, state: 'withdrawn', source: 'one-click unsubscribe' }
    return {
      id: feedbackId('unsubscribe', dispatch, channel, purpose),
      type: 'consent.withdrawn',
      channel,
      consent: [change],
      properties: { dispatch, purpose },
    }
  }
  if (link.kind === 'click') {
    const { dispatch, customer, url } = link
    return {
      id: feedbackId('click', dispatch, url),
      type: 'message.clicked',
      channel: 'email',
      properties: { dispatch, customer, link: url },
    }
  }
  const consent = answer.kind === 'preferences' ? choices(answer) : []
  return {
    id: feedbackId('preferences', link.customer, String(now)),
    type: 'consent.given',
    channel: 'web',
    consent,
    properties: {},
  }
}

function choices({ allowed, purposes }: LinkAnswer & { kind: 'preferences' }): readonly ConsentChange[] {
  return Object.entries(purposes)
    .filter(([, { needsConsent }]) => needsConsent)
    .flatMap(([purpose, { channels }]) =>
      channels.map((channel) => ({
        purpose,
        channel,
        state: allowed.includes(`${purpose}/${channel}`) ? ('given' as const) : ('withdrawn' as const),
        source: 'preference centre',
      })),
    )
}
