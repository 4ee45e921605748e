import type { Brand } from '#shared/brand/brand.ts'
import type { CustomerRows } from '#shared/insights/customer-rows.ts'

/** Whom a preview is for: a copy of a customer, or somebody who is what events say of her. */
export type Person = CustomerCopy | { readonly events: readonly unknown[] }

export type CustomerCopy = Pick<CustomerRows, 'customer' | 'identifiers' | 'rows'>

interface Invented {
  readonly traits?: Readonly<Record<string, unknown>> | undefined
  /** `offers` for all channels, or `offers/sms`; absent allows everything. */
  readonly consent?: readonly string[] | undefined
}

const EVERYWHERE = ['email', 'sms', 'push']

/** Somebody who can be reached on every channel. */
export function invent({ purposes }: Pick<Brand, 'purposes'>, { traits = {}, consent }: Invented): Person {
  const allowed = (consent ?? Object.keys(purposes)).flatMap((text) => {
    const [purpose = '', channel] = text.split('/')
    return (channel === undefined ? EVERYWHERE : [channel]).map((one) => ({ purpose, channel: one, state: 'given' }))
  })
  const event = {
    type: 'customer.identified',
    identifiers: { userId: 'preview', email: 'preview@example.org', phone: '+4520000000' },
    device: { id: 'preview-phone', platform: 'ios', pushToken: 'preview' },
    traits,
    consent: allowed,
  }
  return { events: [event] }
}
