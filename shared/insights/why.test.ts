import { describe, expect, it } from 'vitest'
import { aStage, type Stage } from '#test/builders/a-system.ts'
import { findProfile } from './customer.ts'
import { type Why, why } from './why.ts'

const JOURNEYS = {
  reminder:
    'journey: reminder\npurpose: offers\nenter: { when: order.started, where: { property: total, at least: 5 }, if: { trait: plan, is: pro } }\nexit: { when: order.completed }\nsteps: [{ wait: 1 hour }, { send: hello, by: sms }, { await: cart.viewed, within: 1 day }]\n',
  welcome: 'journey: welcome\npurpose: service\nenter: { when: customer.signed-up }\nsteps: [{ send: greeting }]\n',
  called: 'journey: called\npurpose: offers\nenter: { api: yes }\nsteps: [{ send: hello }]\n',
}

const identifiers = { userId: 'ada' }
const known = {
  ...{ id: 'up', type: 'customer.signed-up', identifiers: { ...identifiers, phone: '+4520123456' } },
  traits: { plan: 'pro' },
  consent: [{ purpose: 'offers', channel: 'sms', state: 'given', wording: 'Yes please', source: 'till' }],
}
const started = { type: 'order.started', identifiers, properties: { total: 9 } }

async function stage(her: object = known): Promise<Stage> {
  const made = await aStage({ journeys: JOURNEYS, messages: ['hello', 'greeting', 'unused'], forms: ['sms'] })
  await made.receive({ ...her, occurredAt: '2026-03-10T09:59:00Z' })
  return made
}

async function ask({ system }: Stage, name: string): Promise<Why | undefined> {
  const profile = await findProfile(system.world, { kind: 'userId', value: 'ada' })
  return profile === undefined ? undefined : why(system.world, profile, name)
}

describe('why, about a journey', () => {
  it('answers where nothing ever happened', async () => {
    const made = await stage()
    expect((await ask(made, 'reminder'))?.answer).toBe('She never entered reminder: no order.started of hers has come.')
    expect((await ask(made, 'called'))?.answer).toBe('She never entered called: nothing started it for her (the API).')
    expect(await ask(made, 'no-such-name')).toBeUndefined()
  })

  it.each([
    [
      'what is not the one it asks for, line by line',
      known,
      { ...started, properties: { total: 3 } },
      'order.started on app did not let her in: it is not the one that the journey’s "where" asks for.',
      { line: expect.stringContaining('total'), held: false, seen: 3 },
    ],
    [
      'that its condition did not hold, with what it saw',
      { ...known, traits: { plan: 'free' } },
      started,
      'order.started on app did not let her in: the journey’s "if" did not hold for her.',
      { line: expect.stringContaining('plan'), held: false, seen: 'free' },
    ],
    [
      'that it came too late',
      known,
      { ...started, occurredAt: '2026-03-08T09:00:00Z' },
      'order.started on app did not let her in: it was more than a day old when it came, and starts nothing.',
      undefined,
    ],
  ])('says of a touchpoint that did not let her in: %s', async (_what, her, event, text, explanation) => {
    const made = await stage(her)
    await made.receive(event)
    const told = await ask(made, 'reminder')
    expect(told?.journeys[0]?.entries.at(-1)).toMatchObject({ entered: false, text })
    expect(told?.journeys[0]?.entries.at(-1)?.explanation).toEqual(explanation)
    expect(told?.answer).toBe(`She never entered reminder: ${text}`)
  })

  it('says that she was in it already', async () => {
    const made = await stage()
    await made.receive({ ...started, id: 'first' }, { ...started, id: 'second' })
    expect((await ask(made, 'reminder'))?.journeys[0]?.entries.map(({ text }) => text)).toEqual([
      'order.started on app let her in.',
      'order.started on app did not let her in: she was in the journey already.',
    ])
  })

  it('says where she is', async () => {
    const made = await stage()
    await made.receive(started)
    expect((await ask(made, 'reminder'))?.answer).toBe(
      'She entered reminder, version 1, at 2026-03-10T10:00:00.000Z, and is in it still: it stands at "wait 1 hour", until 2026-03-10T11:00:00.000Z.',
    )
  })

  it('says how it ended, and every decision on the way with what it rests on', async () => {
    const made = await stage()
    await made.receive(started)
    await made.advance('2 hours')
    await made.receive({ type: 'order.completed', identifiers })
    const told = await ask(made, 'reminder')
    expect(told?.answer).toBe(
      'She entered reminder, version 1, at 2026-03-10T10:00:00.000Z, and left it, because its exit came (order.completed), at 2026-03-10T12:00:00.000Z.',
    )
    expect(told?.journeys[0]?.runs[0]?.messages).toMatchObject([
      {
        text: 'hello went out by sms.',
        because: [
          'sms: Nothing stood against it.',
          'It was 12:00 in Europe/Copenhagen, by her phone number.',
          'With it the caps counted 1 of 3 in 1 day (offers).',
          'She allowed offers by sms at 2026-03-10T09:59:00.000Z on app (till), in the words “Yes please”.',
        ],
      },
    ])
  })
})

describe('why, about a message', () => {
  it('says that it waits, and that it never went out where the run ended first', async () => {
    const made = await stage()
    await made.advance('11 hours')
    await made.receive({ ...started, occurredAt: '2026-03-10T21:00:00Z' })
    await made.advance('2 hours')
    expect((await ask(made, 'hello'))?.answer).toMatch(/^hello is held until 2026-03-11T08:0\d/)
    await made.receive({ type: 'order.completed', identifiers, occurredAt: '2026-03-10T22:30:00Z' })
    expect((await ask(made, 'hello'))?.answer).toBe('hello was held, and not sent: the run ended first.')
  })

  it('answers from whatever sent it, or did not', async () => {
    const made = await stage({ ...known, consent: {} })
    await made.receive(started)
    await made.advance('2 hours')
    const told = await ask(made, 'hello')
    expect(told).toMatchObject({
      about: 'message',
      answer: 'hello was not sent. sms: She has not allowed this purpose on this channel.',
    })
    expect(told?.journeys.map(({ journey }) => journey).sort()).toEqual(['called', 'reminder'])
  })

  it('answers where nothing has tried to send it', async () => {
    const made = await stage()
    expect((await ask(made, 'hello'))?.answer).toBe(
      'Nothing has tried to send her hello. She never entered called: nothing started it for her (the API). She never entered reminder: no order.started of hers has come.',
    )
    expect((await ask(made, 'unused'))?.answer).toBe('No live journey sends unused.')
  })

  it('rests every message of marketing on the record of a consent', async () => {
    const made = await stage()
    await made.receive(started)
    await made.advance('2 hours')
    const { items } = await made.system.world.table.scan({ limit: 1_000 })
    const dispatches = items.filter(({ sk }) => sk.startsWith('D#'))
    expect(dispatches.map(({ purpose, consentProof }) => [purpose, typeof consentProof]).sort()).toEqual([
      ['offers', 'string'],
      ['service', 'undefined'],
    ])
    const proof = String(dispatches.find(({ purpose }) => purpose === 'offers')?.consentProof)
    expect(items.filter(({ sk }) => sk.startsWith(proof))).toMatchObject([{ wording: 'Yes please', touchpoint: 'up' }])
  })
})
