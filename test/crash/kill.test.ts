import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { QUIET } from '#test/builders/a-system.ts'
import { System } from '../../local/system.ts'
import { endState } from './end-state.ts'
import { randomFrom } from './random.ts'
import { ServerProcess } from './server-process.ts'
import { Stages } from './story.ts'

/*
 * The real process, taking events over HTTP, is killed with SIGKILL at any moment, again and again. What it has
 * answered with `accepted` is kept, and done once.
 */

const stages = new Stages()
const processes = new Set<ServerProcess>()
afterEach(async () => {
  for (const process of processes) await process.kill()
  processes.clear()
})
afterAll(() => stages.remove())

async function start(folder: string): Promise<ServerProcess> {
  const process = await ServerProcess.start(folder)
  processes.add(process)
  return process
}

const PATIENCE = { timeout: 5_000 }

const FOLDER = {
  journeys: {
    receipt: `
journey: receipt
purpose: service
enter: { when: order.started, key: order_id }
steps: [{ send: receipt, by: sms }]
`,
    reminder: `
journey: reminder
purpose: service
enter: { when: order.started, key: order_id }
steps: [{ wait: 3 seconds }, { send: reminder, by: sms }]
`,
  },
  messages: ['receipt', 'reminder'],
}

/** The n-th order, of one of so many customers. */
const anOrder = (n: number, customers: number) => ({
  id: `order-${n}`,
  type: 'order.started',
  identifiers: { phone: `+452012${String(1_000 + (n % customers))}` },
  properties: { order_id: `o${n}` },
})

/** Opens the folder in this process, lets everything come to its end, and closes it again. */
async function endOf(folder: string) {
  const system = new System({ folder, publicUrl: 'http://127.0.0.1:4700', log: QUIET })
  system.startStepped()
  await system.clock.advance(86_400_000)
  const end = await endState({ system, provider: undefined })
  await system.stop()
  return end
}

/** Shops that send orders without a pause, and send again what they have no answer to. */
class Shops {
  readonly accepted = new Set<string>()
  readonly #random: () => number
  #unanswered: (readonly object[])[] = []
  #count = 0

  constructor(random: () => number) {
    this.#random = random
  }

  get orders(): number {
    return this.#count
  }

  /** Until the process is gone. */
  async sendAlways(to: ServerProcess): Promise<void> {
    for (let isThere = true; isThere; ) isThere = await this.#send(to, this.#unanswered.pop() ?? this.#newOrders())
  }

  async sendTheRest(to: ServerProcess): Promise<void> {
    for (let batch = this.#unanswered.pop(); batch !== undefined; batch = this.#unanswered.pop())
      expect(await this.#send(to, batch)).toBe(true)
  }

  async #send(to: ServerProcess, batch: readonly object[]): Promise<boolean> {
    const answers = await to.send(batch).catch(() => undefined)
    if (answers === undefined) this.#unanswered.push(batch)
    for (const answer of answers ?? []) if (answer.status === 'accepted') this.accepted.add(answer.id)
    return answers !== undefined
  }

  #newOrders(): readonly object[] {
    return Array.from({ length: 1 + Math.floor(this.#random() * 4) }, () => anOrder(++this.#count, 7))
  }
}

describe('a process that is killed again and again', () => {
  const CYCLES = 15

  it('keeps what it accepted, and does it once', async () => {
    const folder = await stages.publish(FOLDER)
    const random = randomFrom(1)
    const shops = new Shops(random)
    for (let cycle = 0; cycle < CYCLES; cycle++) {
      const server = await start(folder)
      const sending = Promise.all([1, 2, 3].map(() => shops.sendAlways(server)))
      await pause(random() * 400)
      await server.kill()
      await sending
    }
    const last = await start(folder)
    await shops.sendTheRest(last)
    await last.kill()

    const end = await endOf(folder)
    const ids = end.timeline.map(({ id }) => id)
    const all = Array.from({ length: shops.orders }, (_, at) => at + 1)
    expect(ids.toSorted()).toEqual(all.map((n) => `order-${n}`).toSorted())
    expect(ids).toEqual(expect.arrayContaining([...shops.accepted]))
    expect(end.outbox.map(({ content }) => content).toSorted()).toEqual(
      all.flatMap((n) => [`receipt o${n}`, `reminder o${n}`]).toSorted(),
    )
    expect(end).toMatchObject({ deadLetters: [], overdue: [], queued: 0 })
    expect(end.machines).toEqual({ running: 0, succeeded: 2 * shops.orders, failed: 0, stopped: 0 })
  }, 120_000)
})

describe('waits that fell due while no process was there', () => {
  it('are over right after the start, in the order of their times', async () => {
    const folder = await stages.publish(FOLDER)
    const before = await start(folder)
    const orders = Array.from({ length: 12 }, (_, n) => anOrder(n, 12))
    for (const order of orders) {
      await before.send([order])
      await pause(20)
    }
    await vi.waitFor(async () => expect(await before.arrived()).toHaveLength(12), PATIENCE)
    await before.kill()
    await pause(3_500)
    const after = await start(folder)
    await vi.waitFor(async () => expect(await after.arrived()).toHaveLength(24), PATIENCE)
    expect(await after.arrived()).toEqual([
      ...orders.map((_, n) => `receipt o${n}`),
      ...orders.map((_, n) => `reminder o${n}`),
    ])
  }, 60_000)
})

describe('two processes', () => {
  it('cannot have one data folder at the same time', async () => {
    const folder = await stages.publish(FOLDER)
    await start(folder)
    await expect(ServerProcess.start(folder)).rejects.toThrow('in use by another process')
  })
})
