import type { Delivery, Outgoing, Provider } from '#shared/world/provider.ts'
import type { World } from '#shared/world/world.ts'

export interface FakeProviderOptions {
  readonly idempotency: Provider['idempotency']
  /** What it answers to its n-th call, from 1; it accepts where this says nothing. */
  readonly answers?: (call: number, message: Outgoing) => 'unavailable' | 'no answer' | 'refused' | undefined
}

/** What the outside has seen. */
export interface Outside {
  readonly calls: number
  readonly taken: readonly Outgoing[]
}

export const NOTHING: Outside = { calls: 0, taken: [] }

/** A provider outside the process: what it has seen stays seen when the process dies. */
export class FakeProvider implements Provider {
  readonly name = 'fake'
  readonly idempotency: Provider['idempotency']
  readonly #answers: NonNullable<FakeProviderOptions['answers']>
  readonly #taken: Outgoing[]
  #calls: number

  constructor({ idempotency, answers = () => undefined }: FakeProviderOptions, { calls, taken }: Outside) {
    this.idempotency = idempotency
    this.#answers = answers
    this.#calls = calls
    this.#taken = [...taken]
  }

  get outside(): Outside {
    return { calls: this.#calls, taken: [...this.#taken] }
  }

  async deliver(message: Outgoing): Promise<Delivery> {
    this.#calls += 1
    const answer = this.#answers(this.#calls, message)
    if (answer === 'unavailable') throw Object.assign(new Error('Later, please.'), { name: 'Unavailable' })
    if (answer === 'refused') return { outcome: 'refused', reason: 'No such address.' }
    if (this.idempotency !== 'key' || !this.#taken.some(({ dispatch }) => dispatch === message.dispatch))
      this.#taken.push(message)
    if (answer === 'no answer') throw new Error('The connection was closed.')
    return { outcome: 'accepted', providerId: `${message.channel}-${message.dispatch}` }
  }

  /** Says of all that it has taken that it was delivered; again, if it has said so before. */
  async report({ bus }: Pick<World, 'bus'>): Promise<void> {
    const events = this.#taken.map(({ dispatch, customer, channel }) => ({
      source: 'fake',
      detailType: 'message.delivered',
      detail: {
        id: `delivered-${dispatch}`,
        type: 'message.delivered',
        channel,
        identifiers: { customerId: customer },
        properties: { dispatch, customer },
      },
    }))
    await bus.publish(events)
  }
}
