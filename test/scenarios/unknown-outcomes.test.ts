import { describe, expect, it } from 'vitest'
import type { Outgoing, Provider } from '#shared/world/provider.ts'
import { aStage, type Stage } from '#test/builders/a-system.ts'

/*
 * A message was handed over and nobody knows whether it was taken. What is offered again long afterwards asks again
 * whether it may; what came back about it, however late, says that it went out.
 */

const ADA = { kind: 'userId', value: 'ada' } as const
const identifiers = { userId: 'ada' }
const known = {
  type: 'customer.signed-up',
  identifiers: { ...identifiers, phone: '+4520123456' },
  consent: { offers: { sms: true } },
}

const journeyOf = (purpose: string): string =>
  `journey: one\npurpose: ${purpose}\nenter: { when: order.started }\nsteps: [{ send: hello, by: sms, deadline: 2 days }]\n`

interface Line {
  broken: boolean
  readonly offered: Outgoing[]
}

/** An SMS provider whose answer is lost while the line is broken. */
async function stage(idempotency: Provider['idempotency'], { purpose = 'offers', at = '2026-03-10T10:00:00Z' } = {}) {
  const line: Line = { broken: true, offered: [] }
  const sms: Provider = {
    name: 'sms-on-a-broken-line',
    idempotency,
    deliver: async (message) => {
      line.offered.push(message)
      if (line.broken) throw new Error('socket hang up')
      return { outcome: 'accepted', providerId: message.dispatch, delivered: false }
    },
  }
  const made = await aStage({
    journeys: { one: journeyOf(purpose) },
    messages: ['hello'],
    forms: ['sms'],
    at,
    wrapWorld: (world) => ({ ...world, providers: { ...world.providers, sms } }),
  })
  await made.receive({ ...known, occurredAt: new Date(made.system.clock.now() - 60_000).toISOString() })
  await made.receive({ type: 'order.started', identifiers })
  return { made, line }
}

const message = async ({ customer }: Stage) =>
  (await customer(ADA))?.thread.find(({ kind }) => kind === 'message')?.text

async function offeredAfter(made: Stage, line: Line, duration: string): Promise<number> {
  const before = line.offered.length
  line.broken = false
  await made.advance(duration)
  return line.offered.length - before
}

describe('what is offered again by its key long after its claim', () => {
  it('is offered while nothing stands against it', async () => {
    const { made, line } = await stage('key')
    await made.advance('1 hour')
    expect(await offeredAfter(made, line, '1 hour')).toBe(1)
    expect(await message(made)).toBe('hello sent by sms')
  })

  it('is not offered once she has withdrawn her consent, and says so', async () => {
    const { made, line } = await stage('key')
    await made.advance('1 hour')
    await made.receive({ type: 'consent.withdrawn', identifiers, consent: { offers: { sms: false } } })
    expect(await offeredAfter(made, line, '2 days')).toBe(0)
    expect(await message(made)).toMatch(/uncertain by sms/)
  })

  it('is not offered once her number is dead', async () => {
    const { made, line } = await stage('key', { purpose: 'service' })
    await made.advance('1 hour')
    const dead = { type: 'message.bounced', channel: 'sms', identifiers: { phone: '+4520123456' } }
    await made.receive({ ...dead, properties: { permanent: true } })
    expect(await offeredAfter(made, line, '2 days')).toBe(0)
  })

  it('waits for the morning where it is night by now', async () => {
    const { made, line } = await stage('key', { at: '2026-03-10T19:00:00Z' })
    await made.advance('2 hours')
    expect(await offeredAfter(made, line, '8 hours')).toBe(0)
    expect(await offeredAfter(made, line, '4 hours')).toBe(1)
    expect(await message(made)).toBe('hello sent by sms')
  })
})

describe('what came back about a message of which nobody knew', () => {
  it('says that it went out, however late it came', async () => {
    const { made, line } = await stage('tags')
    await made.advance('1 hour')
    expect(await message(made)).toBe('hello uncertain by sms')
    const [offered] = line.offered
    await made.receive({
      type: 'message.delivered',
      channel: 'sms',
      identifiers: { phone: '+4520123456' },
      properties: { dispatch: offered?.dispatch ?? '', customer: offered?.customer ?? '' },
    })
    expect(await message(made)).toMatch(/^hello sent by sms/)
  })
})
