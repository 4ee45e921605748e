import { describe, expect, it } from 'vitest'
import { notesOf } from '#shared/conversations/notes.ts'
import { describeProblem } from '#shared/documents/document.ts'
import { Unavailable } from '#shared/errors/errors.ts'
import type { World } from '#shared/world/world.ts'
import { aJourneyReading } from '#test/builders/a-journey.ts'
import { anInbox, PHONE } from '#test/builders/an-inbox.ts'

/*
 * A journey hands her over to a team: a conversation opens, marketing is mute, and the journey waits until somebody
 * closes it. Nobody does in time: it goes to the leads, in the same conversation.
 */

const identifiers = { userId: 'ada' }

const COMPLAINT = `
journey: complaint
purpose: service
enter: { when: complaint.made, key: order_id }
steps:
  - hand over: care
    note: "Complaint {{ entry.topic }}, order {{ entry.order_id }}"
    within: 2 days
    then: [{ wait: 1 day }, { send: how-did-we-do, by: sms }]
    else: [{ hand over: care-leads, note: "Nobody has answered" }, { exit: late }]
`

const OFFER = `
journey: offer
purpose: offers
enter: { when: cart.left }
steps: [{ send: offer, by: sms }]
`

const complaint = { type: 'complaint.made', identifiers, properties: { topic: 'cold coffee', order_id: 'o1' } }
const cartLeft = { type: 'cart.left', identifiers }

describe('a complaint that is handed over', () => {
  it('waits in the inbox of its team, with the note filled in', async () => {
    const { receive, list } = await anInbox({ complaint: COMPLAINT })
    await receive(complaint)
    expect(await list({ team: 'care' })).toMatchObject([
      { state: 'waiting', team: 'care', by: 'complaint', preview: 'Complaint cold coffee, order o1', agent: '' },
    ])
    expect(await list({ team: 'care-leads' })).toEqual([])
  })

  it('is answered and closed, and the journey goes on', async () => {
    const { receive, only, reply, close, advance, arrived, thread } = await anInbox({ complaint: COMPLAINT })
    await receive(complaint)
    const { id } = await only()
    expect(await reply(id, 'We are sorry, the next one is on us.', { channel: 'sms' })).toMatchObject({
      outcome: 'sent',
    })
    await advance('1 hour')
    await close(id)
    await advance('1 day')
    expect(arrived(PHONE)).toEqual(['sms We are sorry, the next one is on us.', 'sms how-did-we-do o1'])
    expect(await thread()).toContain('left complaint: completed')
  })

  it('is left by its journey when an exit asks for the answer', async () => {
    const journey = COMPLAINT.replace('enter:', 'exit: [{ when: conversation.answered }]\nenter:')
    const { receive, only, reply, thread, list } = await anInbox({ complaint: journey })
    await receive(complaint)
    await reply((await only()).id, 'Sorry')
    expect(await thread()).toContain('left complaint: exited (conversation.answered)')
    expect(await list({ state: 'answered' })).toHaveLength(1)
  })

  it('goes to the leads in the same conversation when nobody closes it in time', async () => {
    const { receive, only, advance, list, thread, system } = await anInbox({ complaint: COMPLAINT })
    await receive(complaint)
    const { id } = await only()
    await advance('2 days')
    expect(await list({ team: 'care' })).toEqual([])
    const [moved] = await list({ team: 'care-leads' })
    expect(moved).toMatchObject({ id, by: 'complaint', preview: 'Nobody has answered' })
    expect((await notesOf(system.world, moved ?? { customer: '', id })).map(({ text }) => text)).toEqual([
      'Complaint cold coffee, order o1',
      'Nobody has answered',
    ])
    expect(await thread()).toContain('left complaint: late')
  })

  it('goes on when it was closed because nobody said anything for seven days', async () => {
    const { receive, advance, arrived, list } = await anInbox({ complaint: COMPLAINT.replace('2 days', '20 days') })
    await receive(complaint)
    await advance('8 days')
    expect(arrived()).toEqual(['sms how-did-we-do o1'])
    expect(await list()).toEqual([])
  })

  it('joins the conversation that she has begun herself', async () => {
    const { receive, says, only, close, thread, advance } = await anInbox({ complaint: COMPLAINT })
    await says('My coffee was cold')
    const { id } = await only()
    await receive(complaint)
    expect(await only()).toMatchObject({ id, team: 'care', by: 'message', channel: 'sms' })
    await close(id)
    await advance('1 day')
    expect(await thread()).toContain('left complaint: completed')
  })

  it('opens one of its own beside what another team is at', async () => {
    const sales = 'journey: sales\npurpose: service\nenter: { when: lead.found }\nsteps: [{ hand over: care-leads }]\n'
    const { receive, list } = await anInbox({ complaint: COMPLAINT, sales })
    await receive(complaint)
    await receive({ type: 'lead.found', identifiers })
    expect((await list()).map(({ team }) => team).toSorted()).toEqual(['care', 'care-leads'])
  })

  it('wakes only the run that waits for this conversation', async () => {
    const journey = COMPLAINT.replace('hand over: care\n', 'hand over: care\n    name: care\n')
    const other = journey.replace('journey: complaint', 'journey: other').replace('care\n', 'care-leads\n')
    const { receive, list, close, thread, advance } = await anInbox({ complaint: journey, other })
    await receive(complaint)
    const [leads] = await list({ team: 'care-leads' })
    await close(leads?.id ?? '')
    await advance('25 hours')
    expect((await thread()).filter((text) => text.startsWith('left'))).toEqual(['left other: completed'])
  })
})

describe('a hand over whose answer was lost', () => {
  it('finds the conversation that it went on with, though that has been closed meanwhile', async () => {
    let lost = false
    const wrapWorld = (world: World): World => {
      const table: World['table'] = Object.create(world.table) as World['table']
      for (const name of ['get', 'getMany', 'query', 'queryIndex', 'scan'] as const)
        table[name] = world.table[name].bind(world.table) as never
      table.write = async (operations) => {
        const result = await world.table.write(operations)
        const isHandOver = operations.some((write) => 'put' in write && write.put.type === 'conversation.moved')
        if (!isHandOver || lost) return result
        lost = true
        throw new Unavailable('test.lost', 'The answer was lost.')
      }
      return { ...world, table }
    }
    const { receive, says, only, close, advance, thread, list } = await anInbox({ complaint: COMPLAINT }, { wrapWorld })
    await says('My coffee was cold')
    await receive(complaint)
    await close((await only()).id)
    await advance('25 hours')
    expect(lost).toBe(true)
    expect(await list()).toEqual([])
    expect(await thread()).toContain('left complaint: completed')
  })
})

describe('marketing', () => {
  it('is mute while a complaint waits for us, says why, and comes when it has been answered', async () => {
    const { receive, only, reply, advance, arrived, customer } = await anInbox({ complaint: COMPLAINT, offer: OFFER })
    await receive(complaint)
    await receive(cartLeft)
    expect(arrived(PHONE)).toEqual([])
    const held = (await customer({ kind: 'userId', value: 'ada' }))?.thread.find(({ kind }) => kind === 'message')
    expect(held).toMatchObject({
      state: 'held',
      reasons: ['sms: She waits for an answer of ours, and gets no marketing until she has it (care).'],
    })
    await advance('5 hours')
    await reply((await only()).id, 'Sorry', { channel: 'sms' })
    await advance('20 hours')
    expect(arrived(PHONE)).toEqual(['sms Sorry', 'sms offer'])
  })

  it('is given up at its deadline, and not before', async () => {
    const { receive, says, advance, arrived, thread } = await anInbox({ offer: OFFER })
    await says('My coffee was cold')
    await receive(cartLeft)
    await advance('47 hours')
    expect((await thread()).find((text) => text.startsWith('offer'))).toMatch(/^offer held until/)
    await advance('2 hours')
    expect(arrived(PHONE)).toEqual([])
    expect(await thread()).toContain('offer skipped')
  })

  it('goes on beside a hand over that says so, and service messages always do', async () => {
    const quiet = COMPLAINT.replace('within:', 'mute: no\n    within:')
    const { receive, arrived } = await anInbox({ complaint: quiet, offer: OFFER })
    await receive(complaint)
    await receive(cartLeft)
    expect(arrived(PHONE)).toEqual(['sms offer'])
  })

  it('goes on while we wait for her', async () => {
    const { receive, says, only, reply, arrived } = await anInbox({ offer: OFFER })
    await says('My coffee was cold')
    await reply((await only()).id, 'Which store?')
    await receive(cartLeft)
    expect(arrived(PHONE)).toContain('sms offer')
  })
})

describe('a hand over as a marketer writes it', () => {
  const problems = (steps: string): readonly string[] => {
    const reading = aJourneyReading(steps)
    return reading.ok ? [] : reading.problems.map(describeProblem)
  }

  it.each([
    ['- { hand over: care, then: [{ wait: 1 day }] }', 'say how long with "within"'],
    ['- { hand over: care, within: 0 hours }', 'Some time must pass'],
    ['- { hand over: care, mute: maybe }', 'is not one of: yes, no'],
    ['- { hand over: care, note: "{{ entry.topic" }', 'not closed'],
    ['- { hand over: Care Team }', 'lower-case letters'],
  ])('%s is told what is wrong', (steps, message) => {
    expect(problems(steps).join('\n')).toContain(message)
  })

  it('names a team of the brand, or is told the nearest', async () => {
    await expect(anInbox({ complaint: COMPLAINT.replace('hand over: care\n', 'hand over: caer\n') })).rejects.toThrow(
      /no team "caer".*Did you mean "care"/s,
    )
  })
})
