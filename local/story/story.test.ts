import { describe, expect, it } from 'vitest'
import { aStage, type Stage } from '#test/builders/a-system.ts'
import type { Act } from './acts.ts'
import { introduce } from './persona.ts'
import { story } from './story.ts'
import { readFacts } from './story-facts.ts'
import { type Story, tellStory } from './tell-story.ts'

const JOURNEY = `
journey: abandoned-order
purpose: offers
enter: { when: order.started, key: order_id }
exit: [{ when: order.completed }]
goal: { when: order.completed, within: 7 days, value: total }
steps:
  - wait: 1 hour
  - send: order-reminder
    by: [push, sms]
    if not sent: exit
  - await: product.viewed
    within: 2 days
    else: [{ send: last-call, by: sms }]
`

const COMPLAINT = `
journey: complaint
purpose: service
enter: { when: complaint.made, key: complaint_id }
steps:
  - send: complaint-received
    by: reply
  - hand over: care
    note: "{{ entry.text }}"
    within: 2 days
    then:
      - wait: 1 day
      - send: how-did-we-do
        by: reply
`

const ADA = {
  id: 'ada-signed-up',
  type: 'customer.signed-up',
  occurredAt: '2026-03-02T07:42:00Z',
  mode: 'history',
  identifiers: { userId: 'ada', email: 'ada@example.org', phone: '+4520123456', loyaltyCard: 'KAFFI-1001' },
  device: { id: 'adas-phone', platform: 'ios', pushToken: 'token' },
  traits: { firstName: 'Ada' },
  consent: { offers: { email: true, sms: true, push: true } },
} as const

interface Teller {
  readonly stage: Stage
  /** Opens the page as a browser does, then has her do these things. */
  act(...acts: Act[]): Promise<readonly number[]>
  told(): Promise<Story>
}

async function aTeller(at?: string): Promise<Teller> {
  const stage = await aStage({
    journeys: { 'abandoned-order': JOURNEY, complaint: COMPLAINT },
    messages: ['order-reminder', 'last-call', 'complaint-received', 'how-did-we-do'],
    forms: ['push', 'sms'],
    ...(at === undefined ? {} : { at }),
  })
  const { system } = stage
  await introduce(system, ADA)
  await system.clock.advance(0)
  const app = story(system, ADA)
  const cookie = (await app.request('/')).headers.get('set-cookie')?.split(';')[0] ?? ''
  const headers = { cookie, 'content-type': 'application/json' }
  return {
    stage,
    told: async () => {
      const facts = await readFacts(system, ADA)
      if (facts === undefined) throw new Error('Ada is not known.')
      return tellStory(facts)
    },
    act: async (...acts) => {
      const statuses: number[] = []
      for (const act of acts) {
        const response = await app.request('/story/act', { method: 'POST', headers, body: JSON.stringify(act) })
        await system.clock.advance(0)
        statuses.push(response.status)
      }
      return statuses
    },
  }
}

const titles = ({ moments }: Story): readonly string[] => moments.map(({ title }) => title)

describe('the story', () => {
  it('is that of a reminder: an order begun, an hour skipped, a notification opened', async () => {
    const { act, told } = await aTeller()
    expect(await act({ action: 'look' }, { action: 'order' }, { action: 'skip' })).toEqual([204, 204, 204])
    const { pushes, guide } = await told()
    expect(pushes).toMatchObject([{ title: 'order-reminder', isOpened: false }])
    expect(guide).toMatchObject({ suggestion: 'open' })
    await act({ action: 'open', message: pushes[0]?.id ?? '' })
    const after = await told()
    expect(titles(after)).toEqual([
      'Joined Kaffi',
      'Looked at the oat flat white',
      'Started an order',
      'Entered “abandoned order”',
      'Kaffi sends “Order-reminder”',
      'Opened “Order-reminder”',
    ])
    expect(after.moments.map(({ place }) => place)).toEqual(['phone', 'laptop', 'phone', undefined, 'phone', 'phone'])
    expect(after.moments[4]?.reasons).toEqual([
      'Sent because she said yes to offers by push, it is not night where she is, and she has not had too much from us.',
    ])
    expect(after.guide.steps.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done'])
  })

  it('has no reminder for what was bought in the store meanwhile, and says why', async () => {
    const { act, told } = await aTeller()
    await act({ action: 'order' }, { action: 'buy' }, { action: 'skip' })
    const after = await told()
    expect(after.pushes).toEqual([])
    expect(after.moments.at(-1)).toMatchObject({
      tone: 'prevented',
      title: 'The order reminder will not go out',
      detail: 'Left “abandoned order”',
      reasons: [
        'Not sent because she has bought meanwhile. Every channel writes to one profile, so the journey knew at once.',
      ],
    })
    expect(after.guide.steps.map(({ state }) => state)).toEqual(['done', 'done', 'passed', 'passed'])
  })

  it('says until when a message is held, and that it waits for the morning', async () => {
    const { act, told } = await aTeller('2026-03-10T21:30:00Z')
    await act({ action: 'order' }, { action: 'skip' })
    const held = (await told()).moments.at(-1)
    expect(held).toMatchObject({ tone: 'held' })
    expect(held?.title).toMatch(/^Order reminder is held until tomorrow 09:0\d$/)
    expect(held?.reasons).toEqual([
      'Held because it is night or early morning where she is (21:00 to 09:00, Europe/Copenhagen, by her phone number).',
    ])
    await act({ action: 'skip' })
    expect((await told()).pushes).toHaveLength(1)
  })

  it('goes on by SMS when she turns notifications off, and stops there at her word', async () => {
    const { act, told } = await aTeller()
    await act({ action: 'notifications', allowed: false }, { action: 'order' }, { action: 'skip' })
    const sent = await told()
    expect(sent.allowsPush).toBe(false)
    expect(sent.texts).toMatchObject([{ isHers: false }])
    expect(sent.moments.at(-1)).toMatchObject({ place: 'sms', tone: 'ours' })
    expect(sent.moments.at(-1)?.reasons[0]).toBe('Not by push because we have no address of hers on this channel.')
    await act({ action: 'stop' }, { action: 'skip' })
    const after = await told()
    expect(after.hasStopped).toBe(true)
    expect(after.texts.filter(({ isHers }) => isHers)).toMatchObject([{ text: 'STOP' }])
    expect(after.texts.map(({ text }) => text)).toContainEqual(expect.stringContaining('no more texts'))
    expect(titles(after)).toContain('Answered “STOP”')
    expect(after.moments.find(({ title }) => title === 'Last call was skipped')?.reasons).toEqual([
      'Not by SMS because she told us to stop on this channel altogether.',
    ])
  })

  it('is that of a complaint: handed over, marketing muted, answered, closed, and asked about', async () => {
    const { act, told } = await aTeller()
    await act({ action: 'complain' })
    const waiting = await told()
    expect(titles(waiting).slice(1)).toEqual([
      'Complained: “My flat white was cold.”',
      'Entered “complaint”',
      'Kaffi sends “Complaint-received”',
      'Handed over to care',
    ])
    expect(waiting.moments.at(-1)).toMatchObject({
      tone: 'quiet',
      reasons: ['Marketing is muted until she has an answer.'],
    })
    expect(waiting.care).toMatchObject({
      team: 'care',
      waitsForUs: true,
      mutes: true,
      held: 0,
      about: 'My flat white was cold.',
    })
    expect(waiting.waitings).toMatchObject([
      { what: '“complaint” waits until Thu 11:00 for the end of the conversation.', then: '' },
    ])
    await act({ action: 'order' }, { action: 'skip' })
    const held = await told()
    expect(held.care).toMatchObject({ held: 1 })
    expect(held.moments.at(-1)).toMatchObject({
      tone: 'held',
      reasons: ['Held because she waits for an answer of ours, and gets no marketing until she has it (care).'],
    })
    expect(held.guide).toMatchObject({ suggestion: 'reply' })
    expect(await act({ action: 'reply', text: 'I am sorry, Ada.' })).toEqual([204])
    const answered = await told()
    expect(answered.moments.find(({ title }) => title === 'Kaffi answers “I am sorry, Ada.”')).toMatchObject({
      tone: 'ours',
      reasons: ['Sent because she wrote first: an answer needs no consent, and keeps no hours.'],
    })
    expect(answered.care).toMatchObject({ waitsForUs: false, mutes: false })
    await act({ action: 'close' }, { action: 'skip' })
    expect((await told()).moments.at(-1)).toMatchObject({ title: 'Kaffi sends “Order-reminder”' })
    await act({ action: 'skip' })
    const after = await told()
    expect(after.care).toBeUndefined()
    expect(titles(after).slice(-2)).toEqual(['Kaffi sends “How-did-we-do”', 'Came to the end of “complaint”'])
    expect(after.guide.steps.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done'])
  })

  it('leads on from what was not sent to the complaint, and back to the next order when that is over', async () => {
    const { act, told } = await aTeller()
    await act({ action: 'order' }, { action: 'buy' })
    expect((await told()).guide).toMatchObject({ suggestion: 'complain' })
    await act({ action: 'complain' })
    const { moments } = await told()
    expect(moments.find(({ title }) => title.startsWith('Complained'))?.detail).toMatch(/^Order K/)
    await act({ action: 'close' }, { action: 'skip' })
    expect((await told()).guide.steps[0]).toEqual({ text: 'She complains', state: 'done' })
    await act({ action: 'order' })
    expect((await told()).guide.steps[0]).toEqual({ text: 'Start an order', state: 'done' })
  })

  it('tells what her journey waits for', async () => {
    const { act, told } = await aTeller()
    await act({ action: 'order' })
    expect((await told()).waitings).toMatchObject([
      {
        what: '“abandoned order” waits until 12:00.',
        then: 'Then the order reminder goes out by push, or else SMS, unless she buys first, here or in the store.',
      },
    ])
    await act({ action: 'skip' })
    expect((await told()).waitings).toMatchObject([
      { what: '“abandoned order” waits until Thu 12:00 to see what she does next.' },
    ])
  })
})

describe('the door of the story', () => {
  it('is closed to whoever has not opened the page', async () => {
    const { system } = (await aTeller()).stage
    const app = story(system, ADA)
    for (const path of ['/story/live', '/story/app.js', '/story/style.css'])
      expect((await app.request(path, { headers: { cookie: 'throughline-story=guessed' } })).status).toBe(403)
    expect((await app.request('/story/act', { method: 'POST', body: '{"action":"look"}' })).status).toBe(403)
  })

  it('shows and does nothing for anybody else', async () => {
    const { stage, act } = await aTeller()
    await stage.receive(
      { ...ADA, id: 'bo', identifiers: { userId: 'bo', phone: '+4520999999' }, device: undefined },
      { type: 'order.started', identifiers: { userId: 'bo' }, properties: { order_id: 'b1', total: 9 } },
    )
    await stage.advance('1 hour')
    const [bos] = stage.messages()
    expect(bos).toMatchObject({ to: '+4520999999' })
    expect(await act({ action: 'open', message: bos?.id ?? '' })).toEqual([404])
  })

  it('answers and closes nothing where nothing is open', async () => {
    const { act } = await aTeller()
    expect(await act({ action: 'reply', text: 'Hello' }, { action: 'close' })).toEqual([404, 404])
  })

  it('takes nothing but what she can do', async () => {
    const { act } = await aTeller()
    expect(
      await act({ action: 'erase' } as unknown as Act, { action: 'look', message: 'x' } as unknown as Act),
    ).toEqual([400, 400])
  })

  it('lets the page load from nowhere else and be framed by nobody', async () => {
    const { system } = (await aTeller()).stage
    const { headers } = await story(system, ADA).request('/')
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self';.*frame-ancestors 'none'$/,
    )
    expect(headers.get('set-cookie')).toMatch(/; HttpOnly; SameSite=Strict$/)
  })

  it('says how to begin where there is no persona', async () => {
    const { stage } = await aTeller()
    const app = story(stage.system, undefined)
    const response = await app.request('/')
    const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? ''
    const page = await response.text()
    expect(page).toContain('It is listening')
    expect(page).toContain('<b>1</b> touchpoint has come in')
    expect((await app.request('/story/style.css', { headers: { cookie } })).status).toBe(200)
    expect((await app.request('/story/live', { headers: { cookie } })).status).toBe(404)
  })

  it('waits for her to become known', async () => {
    const { system } = await aStage({ forms: ['push'] })
    const response = await story(system, ADA).request('/')
    expect(response.headers.get('refresh')).toBe('1')
    expect(await response.text()).toContain('One moment')
  })
})
