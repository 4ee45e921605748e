import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Bus, BusEvent } from '#shared/world/bus.ts'

export interface OpenBus {
  readonly bus: Bus
  close?(): Promise<void> | void
}

const KB = 1_024

export function anEvent(detail: Record<string, unknown> = {}): BusEvent {
  return { source: 'a shop', detailType: 'order.completed', detail }
}

/** What every bus promises to whoever publishes. */
export function busConformance(name: string, open: () => Promise<OpenBus>): void {
  describe(`${name} is a Bus: publish`, () => {
    let opened: OpenBus
    const publish = (...events: readonly BusEvent[]) => opened.bus.publish(events)
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(() => opened.close?.())

    it('answers for each event, with an id of its own', async () => {
      const answers = await publish(...Array.from({ length: 25 }, (_, at) => anEvent({ at })))
      expect(answers.every(({ accepted }) => accepted)).toBe(true)
      expect(new Set(answers.map((answer) => answer.accepted && answer.eventId)).size).toBe(25)
    })

    it('takes none for none', async () => {
      expect(await publish()).toEqual([])
    })

    it('takes an event of almost 1 MB', async () => {
      expect(await publish(anEvent({ text: 'x'.repeat(1_020 * KB) }))).toMatchObject([{ accepted: true }])
    })

    it.each([
      ['letters', 'x'.repeat(1_025 * KB)],
      ['characters of several bytes', '中'.repeat(342 * KB)],
    ])('refuses an event above 1 MB, of %s, with the reason, and takes those around it', async (_, text) => {
      const answers = await publish(anEvent({ at: 0 }), anEvent({ text }), anEvent({ at: 2 }))
      expect(answers.map(({ accepted }) => accepted)).toEqual([true, false, true])
      expect(answers[1]).toMatchObject({ reason: expect.stringContaining('1 MB') })
    })
  })
}
