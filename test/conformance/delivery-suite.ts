import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { QueueMessage } from '#functions/kit/on-queue.ts'
import type { Bus } from '#shared/world/bus.ts'
import { anEvent } from './bus-suite.ts'

/** Answers the ids of messages that failed, or throws when all did. */
export type Handle = (messages: readonly QueueMessage[]) => Promise<readonly string[]>

export interface Lost {
  readonly body: unknown
  readonly reason: string
}

export interface OpenQueue {
  readonly bus: Bus
  /** Lets all that falls due meanwhile be delivered. */
  advance(milliseconds: number): Promise<void>
  /** Ends as a process that dies, and begins again over the same store. */
  reopen(): Promise<void>
  close(): Promise<void>
}

/** Keeps a message that was given up. */
export type GiveUp = (lost: Lost) => Promise<void>

const HOUR = 3_600_000

/** What everything between a bus and a function promises. @param open connects them by one queue. */
export function deliveryConformance(name: string, open: (handle: Handle, giveUp: GiveUp) => Promise<OpenQueue>): void {
  describe(`${name} delivers: it`, () => {
    let queue: OpenQueue
    let handle: Handle
    let giveUp: GiveUp
    let received: (readonly number[])[] = []
    let lost: Lost[] = []

    beforeEach(async () => {
      received = []
      lost = []
      handle = async () => []
      giveUp = async (message) => {
        lost.push(message)
      }
      queue = await open(
        (messages) => {
          received.push(messages.map(numberOf))
          return handle(messages)
        },
        (message) => giveUp(message),
      )
    })
    afterEach(() => queue.close())

    const publish = (...numbers: readonly number[]) => queue.bus.publish(numbers.map((n) => anEvent({ n })))
    const timesOf = (n: number): number => received.flat().filter((one) => one === n).length
    const failing =
      (...numbers: readonly number[]): Handle =>
      async (messages) =>
        messages.filter((message) => numbers.includes(numberOf(message))).map(({ messageId }) => messageId)

    it('hands events over as EventBridge wraps them', async () => {
      let seen: readonly QueueMessage[] = []
      handle = async (messages) => {
        seen = messages
        return []
      }
      const [answer] = await queue.bus.publish([
        { ...anEvent({ n: 1, text: 'Åse 😀' }), time: Date.parse('2026-03-10T10:00:00Z') },
      ])
      await queue.advance(0)
      expect(seen).toMatchObject([
        {
          sentAt: expect.any(Number),
          body: {
            id: answer?.accepted === true ? answer.eventId : 'none',
            source: 'a shop',
            'detail-type': 'order.completed',
            time: expect.stringMatching(/^2026-03-10T10:00:00(\.000)?Z$/),
            detail: { n: 1, text: 'Åse 😀' },
          },
        },
      ])
    })

    it('hands over all that was accepted, and nothing again that was handled', async () => {
      const numbers = Array.from({ length: 30 }, (_, n) => n)
      await publish(...numbers)
      await queue.advance(HOUR)
      await queue.reopen()
      await queue.advance(HOUR)
      expect(received.flat().toSorted((a, b) => a - b)).toEqual(numbers)
    })

    it('hands over after the end of its process what was accepted before', async () => {
      handle = () => new Promise(() => {})
      await publish(1, 2)
      handle = async () => []
      await queue.reopen()
      await queue.advance(HOUR)
      expect([timesOf(1), timesOf(2)].every((times) => times >= 1)).toBe(true)
      const before = received.length
      await queue.reopen()
      await queue.advance(HOUR)
      expect(received).toHaveLength(before)
    })

    it('brings a message that failed again, alone', async () => {
      let tries = 0
      handle = async (messages) => (tries++ === 0 ? failing(2)(messages) : [])
      await publish(1, 2, 3)
      await queue.advance(HOUR)
      expect([1, 2, 3].map(timesOf)).toEqual([1, 2, 1])
      expect(received.at(-1)).toEqual([2])
      expect(lost).toEqual([])
    })

    it('brings all of a batch again whose handler threw', async () => {
      let tries = 0
      handle = async () => {
        if (tries++ === 0) throw new Error('The store is away.')
        return []
      }
      await publish(1, 2, 3)
      await queue.advance(HOUR)
      expect([1, 2, 3].map(timesOf)).toEqual([2, 2, 2])
      expect(lost).toEqual([])
    })

    it('gives a message up that failed five times, and only that one', async () => {
      handle = failing(2)
      await publish(1, 2, 3)
      await queue.advance(24 * HOUR)
      expect([1, 2, 3].map(timesOf)).toEqual([1, 5, 1])
      expect(lost).toMatchObject([{ body: { detail: { n: 2 } }, reason: expect.stringMatching(/./) }])
      await queue.reopen()
      await queue.advance(24 * HOUR)
      expect(timesOf(2)).toBe(5)
      expect(lost).toHaveLength(1)
    })

    it('gives the last error as the reason', async () => {
      let tries = 0
      handle = async () => {
        throw new Error(`It failed for the ${++tries}. time.`)
      }
      await publish(1)
      await queue.advance(24 * HOUR)
      expect(lost).toMatchObject([{ reason: 'It failed for the 5. time.' }])
    })

    it('lets later messages pass one that keeps failing', async () => {
      handle = failing(1)
      await publish(1)
      await queue.advance(0)
      await publish(2)
      await queue.advance(0)
      expect(timesOf(2)).toBe(1)
    })

    it('loses no message that cannot be given up at once', async () => {
      handle = failing(1)
      let refusals = 2
      giveUp = async (message) => {
        if (refusals-- > 0) throw new Error('The store is away.')
        lost.push(message)
      }
      await publish(1, 2)
      await queue.advance(24 * HOUR)
      expect(lost).toMatchObject([{ body: { detail: { n: 1 } } }])
      expect(timesOf(2)).toBe(1)
    })

    it('tries a message that it cannot give up more and more rarely', async () => {
      handle = failing(1)
      giveUp = async () => {
        throw new Error('The store is away.')
      }
      await publish(1)
      await queue.advance(24 * HOUR)
      const times = timesOf(1)
      expect(times).toBeGreaterThan(5)
      expect(times).toBeLessThan(24 * 60)
    })
  })
}

function numberOf({ body }: QueueMessage): number {
  return (body as { readonly detail: { readonly n: number } }).detail.n
}
