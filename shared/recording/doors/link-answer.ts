import type { Purpose } from '../../brand/purposes.ts'
import { feedbackId } from '../../channels/feedback.ts'
import { Unavailable } from '../../errors/errors.ts'
import type { LinkPayload } from '../../messages/links.ts'
import type { ConsentChange } from '../../touchpoints/touchpoint.ts'
import type { World } from '../../world/world.ts'

/** What she left ticked in the preference centre. */
export interface Preferences {
  /** `purpose/channel`, each. */
  readonly allowed: readonly string[]
  readonly purposes: Readonly<Record<string, Purpose>>
}

/**
 * Puts it on the bus as the touchpoint it is. The same click again is the same touchpoint; what she says of her consent
 * counts every time, since she may have said something else in between.
 * @throws Unavailable when it could not be put there: she must not be told that it was.
 */
export async function publishAnswer(
  { bus, clock }: Pick<World, 'bus' | 'clock'>,
  link: LinkPayload,
  preferences?: Preferences,
): Promise<void> {
  const base = {
    identifiers: { customerId: link.customer },
    occurredAt: new Date(clock.now()).toISOString(),
    direction: 'in',
  }
  const detail = { ...base, ...touchpointOf(link, preferences, clock.now()) }
  const [result] = await bus.publish([{ source: 'link', detailType: detail.type, detail }])
  if (result?.accepted !== true)
    throw new Unavailable('link.not-taken', `The bus did not take it: ${result?.reason ?? 'no answer.'} Try again.`)
}

function touchpointOf(link: LinkPayload, preferences: Preferences | undefined, now: number) {
  if (link.kind === 'unsubscribe') {
    const { dispatch, channel, purpose } = link
    const change: ConsentChange = { purpose, channel, state: 'withdrawn', source: 'one-click unsubscribe' }
    return {
      id: feedbackId('unsubscribe', dispatch, channel, purpose, String(now)),
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
  const consent = preferences === undefined ? [] : choices(preferences)
  return {
    id: feedbackId('preferences', link.customer, String(now)),
    type: consent.some(({ state }) => state === 'given') ? 'consent.given' : 'consent.withdrawn',
    channel: 'web',
    consent,
    properties: {},
  }
}

function choices({ allowed, purposes }: Preferences): readonly ConsentChange[] {
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
