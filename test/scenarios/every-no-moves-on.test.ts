import { describe, expect, it } from 'vitest'
import type { ReasonCode } from '#shared/decisions/decision.ts'
import type { World } from '#shared/world/world.ts'
import { aBrandFile, aStage, type Stage } from '#test/builders/a-system.ts'

/*
 * Whatever stands against a message, her run goes on to the next step, or ends where the step says so. Nobody is left
 * standing because something could not be sent.
 */

const ADA = { kind: 'userId', value: 'ada' } as const
const identifiers = { userId: 'ada' }
const PHONE = { phone: '+4520123456' }
const CAPPED = '{ consent: required, channels: [sms], deadline: 1 day, caps: [{ up to: 0, per: 2 days }] }'
const NEVER_DAY = 'quiet hours: { from: "10:00", to: "09:00" }'

interface Standing {
  readonly her?: object
  readonly then?: readonly object[]
  readonly brand?: string
  readonly purpose?: string
  readonly at?: string
  readonly refuses?: boolean
  readonly isMissing?: boolean
}

const known = {
  type: 'customer.signed-up',
  identifiers: { ...identifiers, ...PHONE },
  consent: { offers: { sms: true } },
  device: { id: 'phone', platform: 'ios', pushToken: 'token' },
}

const REFUSALS: readonly (readonly [ReasonCode, Standing])[] = [
  ['no-provider', { isMissing: true }],
  ['not-reachable', { her: { ...known, identifiers } }],
  [
    'suppressed',
    { then: [{ type: 'message.bounced', channel: 'sms', identifiers: PHONE, properties: { permanent: true } }] },
  ],
  [
    'stopped',
    { then: [{ type: 'consent.withdrawn', identifiers, consent: { '*': { sms: false } } }], purpose: 'service' },
  ],
  ['no-consent', { her: { ...known, consent: {} } }],
  ['consent-withdrawn', { then: [{ type: 'consent.withdrawn', identifiers, consent: { offers: { sms: false } } }] }],
  ['holdout', { brand: aBrandFile({ more: 'holdout: 100%' }) }],
  // A country of so many zones that it is always night in one of them.
  [
    'quiet-hours',
    {
      brand: aBrandFile({ more: NEVER_DAY }),
      her: { ...known, identifiers: { ...identifiers, phone: '+79161234567' } },
    },
  ],
  ['deadline-passed', { brand: aBrandFile({ offers: CAPPED }) }],
  [
    'in-conversation',
    { then: [{ type: 'message.answered', channel: 'sms', identifiers: PHONE, properties: { text: 'Where is it?' } }] },
  ],
  ['provider-refused', { refuses: true }],
]

function providersOf({ sms, ...others }: World['providers'], { isMissing, refuses }: Standing): World['providers'] {
  if (sms === undefined || isMissing) return others
  return { ...others, sms: refuses ? { ...sms, deliver: async () => ({ outcome: 'refused', reason: 'No.' }) } : sms }
}

async function run(ifNotSent: string, standing: Standing): Promise<Stage> {
  const { her = known, then = [], brand, purpose = 'offers', at } = standing
  const steps = `[{ send: hello, by: sms, purpose: ${purpose}, if not sent: ${ifNotSent} }, { send: after, by: push }]`
  const made = await aStage({
    journeys: { one: `journey: one\npurpose: service\nenter: { when: order.started }\nsteps: ${steps}\n` },
    messages: ['hello', 'after'],
    forms: ['sms', 'push'],
    ...{ brand, at },
    wrapWorld: (world) => ({ ...world, providers: providersOf(world.providers, standing) }),
  })
  await made.receive({ ...her, occurredAt: new Date(made.system.clock.now() - 60_000).toISOString() })
  for (const event of then) await made.receive(event)
  await made.receive({ type: 'order.started', identifiers })
  await made.advance('6 days')
  return made
}

const pushed = ({ messages }: Stage): number => messages().filter(({ channel }) => channel === 'push').length

describe('a message that was not sent', () => {
  it.each(REFUSALS)('lets the run go on: %s', async (code, standing) => {
    const made = await run('continue', standing)
    const view = await made.customer(ADA)
    const { items } = await made.system.world.table.scan({ limit: 1_000 })
    const hello = items.find(({ sk, message }) => sk.startsWith('D#') && message === 'hello')
    expect(((hello?.because ?? []) as { code: string }[]).map((reason) => reason.code)).toContain(code)
    expect(hello?.state).toBe('skipped')
    expect(pushed(made)).toBe(1)
    expect(view?.profile.running).toEqual([])
  })

  it.each(REFUSALS)('or ends it: %s', async (_code, standing) => {
    const made = await run('exit', standing)
    expect(pushed(made)).toBe(0)
    expect((await made.customer(ADA))?.profile.running).toEqual([])
    expect((await made.customer(ADA))?.thread.map(({ text }) => text)).toContain('left one: not-sent')
  })
})
