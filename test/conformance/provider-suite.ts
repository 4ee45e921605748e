import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Outgoing, Provider } from '#shared/world/provider.ts'
import { anEmail } from '#test/builders/an-outgoing.ts'

export interface OpenProvider {
  readonly provider: Provider
  /** The messages that have arrived for a dispatch. */
  arrived(dispatch: string): Promise<readonly Pick<Outgoing, 'to' | 'content' | 'tags'>[]>
  /** Ends as a process that dies, and begins again. */
  reopen?(): Promise<Provider>
  close?(): Promise<void> | void
}

/** What every provider promises that knows a repetition by its key. */
export function keyedProviderConformance(name: string, open: () => Promise<OpenProvider>): void {
  describe(`${name} is a Provider that knows repetitions: it`, () => {
    let opened: OpenProvider
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => opened.close?.())

    it('says so', () => {
      expect(opened.provider.idempotency).toBe('key')
    })

    it('takes a message over as it is', async () => {
      const email = anEmail({ dispatch: 'once' })
      expect(await opened.provider.deliver(email)).toMatchObject({
        outcome: 'accepted',
        providerId: expect.stringMatching(/./),
      })
      expect(await opened.arrived('once')).toMatchObject([{ to: email.to, content: email.content, tags: email.tags }])
    })

    it('makes one message of a dispatch that is delivered twice, the first, and answers the same', async () => {
      const first = await opened.provider.deliver(anEmail({ dispatch: 'twice' }))
      const again = anEmail({ dispatch: 'twice', to: 'moved@example.org', content: { subject: 'Rendered again' } })
      expect(await opened.provider.deliver(again)).toEqual(first)
      const { to, content } = anEmail()
      expect(await opened.arrived('twice')).toMatchObject([{ to, content }])
    })

    it('makes one message of a dispatch that is delivered many times at once', async () => {
      const deliveries = await Promise.all(
        Array.from({ length: 5 }, () => opened.provider.deliver(anEmail({ dispatch: 'at once' }))),
      )
      expect(new Set(deliveries.map((delivery) => JSON.stringify(delivery))).size).toBe(1)
      expect(await opened.arrived('at once')).toHaveLength(1)
    })

    it('tells dispatches apart by their ids alone', async () => {
      const [one, other] = await Promise.all(
        ['one', 'other'].map((dispatch) => opened.provider.deliver(anEmail({ dispatch }))),
      )
      expect(one).not.toEqual(other)
      expect([await opened.arrived('one'), await opened.arrived('other')].map(({ length }) => length)).toEqual([1, 1])
    })

    it('knows them also after the end of its process', async () => {
      const first = await opened.provider.deliver(anEmail({ dispatch: 'before' }))
      const reopened = (await opened.reopen?.()) ?? opened.provider
      expect(await reopened.deliver(anEmail({ dispatch: 'before' }))).toEqual(first)
      expect(await opened.arrived('before')).toHaveLength(1)
    })
  })
}
