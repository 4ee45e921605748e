import { describe, expect, it } from 'vitest'
import { claimConversation, releaseConversation } from '#shared/conversations/claim.ts'
import { notesOf } from '#shared/conversations/notes.ts'
import { showConversation } from '#shared/insights/conversation-view.ts'
import { assignConversation } from '#shared/recording/conversations/assign-conversation.ts'
import { aBrandFile } from '#test/builders/a-system.ts'
import { anInbox, EMAIL, type Inbox, PHONE } from '#test/builders/an-inbox.ts'

/*
 * She writes, on any channel, and an agent answers: one conversation, whatever it is written on, and one agent at a time.
 */

const STOP_CONFIRMED = 'sms Kaffi: you will get no more texts from us. Reply START to allow them again.'

describe('what she writes', () => {
  it.each(['sms', 'email', 'whatsapp', 'chat'])('opens a conversation on %s', async (channel) => {
    const { says, only } = await anInbox()
    await says('My coffee was cold', { channel })
    expect(await only()).toMatchObject({ state: 'waiting', channel, preview: 'My coffee was cold', by: 'message' })
  })

  it('goes on in the conversation that is open, on whichever channel', async () => {
    const { says, only, system } = await anInbox()
    await says('My coffee was cold')
    await says('And the bun was old', { channel: 'email', identifiers: { email: EMAIL } })
    const { id, channel } = await only()
    expect(channel).toBe('email')
    const { words } = await showConversation(system.world, id)
    expect(words.map(({ channel: on, text }) => `${on} ${text}`)).toEqual([
      'sms My coffee was cold',
      'email And the bun was old',
    ])
  })

  it('waits in the order in which people wrote', async () => {
    const { says, list, advance } = await anInbox()
    await says('first')
    await advance('1 minute')
    await says('second', { identifiers: { phone: '+4520999999' } })
    await advance('1 minute')
    await says('and more')
    expect((await list()).map(({ preview }) => preview)).toEqual(['second', 'and more'])
  })

  it('opens a new conversation after the last one was closed, which leads to it', async () => {
    const { says, only, close, advance } = await anInbox()
    await says('My coffee was cold')
    const first = await only()
    await close(first.id)
    await advance('1 day')
    await says('It was cold again')
    const second = await only()
    expect(second.id).not.toBe(first.id)
    expect(second.earlier).toBe(first.id)
  })

  it.each([
    ['a keyword', 'STOP', {}],
    ['a keyword in another language', 'Hjælp!', {}],
    ['thanks', 'Tusind tak! 😊', {}],
    [
      'a mail program’s own answer',
      'I am away',
      { channel: 'email', properties: { text: 'I am away', automatic: true } },
    ],
    ['an import of the past', 'My coffee was cold', { mode: 'history' }],
    ['nothing', '  ', {}],
  ])('opens none when it is %s', async (_, text, more) => {
    const { says, list } = await anInbox()
    await says(text, more)
    expect(await list()).toEqual([])
  })

  it.each(['please stop', 'stop texting me', "don't stop the good work"])(
    '%s is for an agent to read',
    async (text) => {
      const { says, only, customer, system } = await anInbox()
      await says(text)
      expect((await showConversation(system.world, (await only()).id)).mayMeanStop).toBe(true)
      expect(
        (await customer({ kind: 'userId', value: 'ada' }))?.profile.consent.map(({ purpose }) => purpose),
      ).not.toContain('*')
    },
  )

  it('does not wait for us when it is only thanks', async () => {
    const { says, only, reply, list, advance } = await anInbox()
    await says('My coffee was cold')
    const { id } = await only()
    await reply(id, 'The next one is on us')
    await advance('1 minute')
    await says('Thanks!')
    expect(await list()).toEqual([])
    expect(await list({ state: 'answered' })).toMatchObject([{ id, preview: 'Thanks!' }])
  })

  it('stays with her when she turns out to be somebody we know, and an older one too', async () => {
    const { says, list, receive, customer, close } = await anInbox()
    await says('My coffee was cold')
    await says('Where are you?', { channel: 'chat', identifiers: { anonymousId: 'visitor' } })
    await receive({ type: 'customer.signed-in', identifiers: { userId: 'ada', anonymousId: 'visitor' } })
    const both = await list()
    expect(both).toHaveLength(2)
    await says('Hello?', { channel: 'chat', identifiers: { anonymousId: 'visitor' } })
    expect((await list()).map(({ preview }) => preview)).toContain('Hello?')
    for (const { id } of both) await close(id)
    expect(await list()).toEqual([])
    expect((await customer({ kind: 'userId', value: 'ada' }))?.profile.merged).toHaveLength(1)
  })
})

describe('STOP and HELP', () => {
  it('STOP is confirmed once, without marketing, and nothing goes out after it', async () => {
    const { says, arrived, list } = await anInbox()
    await says('STOP')
    await says('stop!')
    expect(arrived(PHONE)).toEqual([STOP_CONFIRMED])
    await says('But where is my coffee?')
    expect(await list()).toHaveLength(1)
  })

  it('HELP is answered with where to write, in her language, and not again within minutes', async () => {
    const { says, receive, arrived, advance } = await anInbox()
    await receive({ type: 'customer.updated', identifiers: { userId: 'ada' }, traits: { locale: 'sv-SE' } })
    await says('HJÄLP')
    await says('help')
    await advance('11 minutes')
    await says('help')
    const help = 'sms Kaffi: skriv till hello@kaffi.example för hjälp. Svara STOPP så slutar vi skicka sms.'
    expect(arrived(PHONE)).toEqual([help, help])
  })

  it('are left to a provider that answers them itself', async () => {
    const taken: string[] = []
    const provider = {
      name: 'carrier',
      idempotency: 'none',
      answersKeywords: true,
      deliver: async ({ to }: { readonly to: string }) => {
        taken.push(to)
        return { outcome: 'accepted', providerId: to } as const
      },
    } as const
    const { says } = await anInbox({}, { providers: { sms: provider } })
    await says('STOP')
    await says('HELP')
    expect(taken).toEqual([])
  })
})

describe('an answer', () => {
  const written = async (channel = 'sms', more: object = {}): Promise<Inbox & { readonly id: string }> => {
    const made = await anInbox()
    await made.says('My coffee was cold', { channel, ...more })
    return { ...made, id: (await made.only()).id }
  }

  it('goes out where she wrote last, stands in her thread, and waits for her', async () => {
    const { id, reply, arrived, list, system, messages } = await written('sms')
    expect(await reply(id, 'Sorry <b>Ada</b>, {{ brand.name }}')).toEqual({
      outcome: 'sent',
      channel: 'sms',
      reasons: [],
    })
    expect(arrived(PHONE)).toEqual(['sms Sorry <b>Ada</b>, {{ brand.name }}'])
    expect(await list({ state: 'answered' })).toMatchObject([{ id, agent: 'Bo' }])
    const { words } = await showConversation(system.world, id)
    expect(words.at(-1)).toMatchObject({
      from: 'us',
      by: 'Bo',
      channel: 'sms',
      text: 'Sorry <b>Ada</b>, {{ brand.name }}',
    })
    expect(messages()[0]?.tags.kind).toBe('service')
  })

  it('goes by the channel that she prefers, unless the agent chooses', async () => {
    const { id, reply, arrived, receive } = await written('sms')
    await receive({ type: 'customer.updated', identifiers: { userId: 'ada' }, traits: { preferredChannel: 'email' } })
    await reply(id, 'By email')
    await reply(id, 'By SMS', { channel: 'sms' })
    expect(arrived()).toEqual(['email Re: Kaffi', 'sms By SMS'])
  })

  it('by email keeps her subject and her thread, and escapes what was written', async () => {
    const properties = { text: 'It was cold', subject: 'My order', messageId: 'abc@mail.example' }
    const { id, reply, messages } = await written('email', { identifiers: { email: EMAIL }, properties })
    await reply(id, 'Sorry!\n\nThe <next> one is on us.')
    expect(messages()[0]?.content).toMatchObject({
      subject: 'Re: My order',
      text: 'Sorry!\n\nThe <next> one is on us.',
      headers: { 'In-Reply-To': '<abc@mail.example>', References: '<abc@mail.example>' },
    })
    expect(messages()[0]?.content.html).toContain('<p>Sorry!</p><p>The &lt;next&gt; one is on us.</p>')
  })

  it('is sent once, however often its id comes, and refused with other words', async () => {
    const { id, reply, arrived, thread } = await written()
    const first = await reply(id, 'Sorry', { reply: 'one' })
    expect(await reply(id, 'Sorry', { reply: 'one' })).toEqual(first)
    await expect(reply(id, 'Not sorry', { reply: 'one' })).rejects.toMatchObject({ code: 'reply.other-text' })
    expect(arrived(PHONE)).toEqual(['sms Sorry'])
    expect((await thread()).filter((text) => text.startsWith('conversation.answered'))).toHaveLength(1)
  })

  it('says in plain words why it cannot go out, and leaves her waiting for us', async () => {
    const { id, says, reply, list, system } = await written()
    await says('STOP')
    expect(await reply(id, 'Sorry', { channel: 'sms' })).toEqual({
      outcome: 'skipped',
      reasons: ['sms: She told us to stop on this channel altogether.'],
    })
    expect(await list()).toHaveLength(1)
    expect((await showConversation(system.world, id)).words.map(({ text }) => text)).toEqual([
      'My coffee was cold',
      'STOP',
    ])
    expect(await reply(id, 'Sorry')).toMatchObject({ outcome: 'sent', channel: 'email' })
  })

  it('is not held by night and uses up no cap', async () => {
    const offers = '{ consent: required, channels: [sms], caps: [{ up to: 1, per: 1 day }] }'
    const brand = aBrandFile({
      offers,
      more: 'caps: [{ up to: 1, per: 1 day }]\nquiet hours: { from: "10:00", to: "12:00" }',
    })
    const offer = 'journey: offer\npurpose: offers\nenter: { when: cart.left }\nsteps: [{ send: offer }]\n'
    const { says, only, reply, receive, arrived, advance } = await anInbox({ offer }, { brand })
    await says('My coffee was cold')
    await reply((await only()).id, 'Sorry')
    await receive({ type: 'cart.left', identifiers: { userId: 'ada' } })
    await advance('2 hours')
    expect(arrived(PHONE)).toEqual(['sms Sorry', 'sms offer'])
  })

  it('waits for a provider that is away, and goes out when it is back', async () => {
    let calls = 0
    const { Unavailable } = await import('#shared/errors/errors.ts')
    const provider = {
      name: 'carrier',
      idempotency: 'none',
      deliver: async () => {
        if (++calls === 1) throw new Unavailable('test.away', 'Away.')
        return { outcome: 'accepted', providerId: 'p1' } as const
      },
    } as const
    const { says, only, reply, list, advance } = await anInbox({}, { providers: { sms: provider } })
    await says('My coffee was cold')
    const { id } = await only()
    expect(await reply(id, 'Sorry', { channel: 'sms' })).toMatchObject({ outcome: 'held' })
    await advance('1 minute')
    expect(calls).toBe(2)
    expect(await list({ state: 'answered' })).toMatchObject([{ id }])
  })

  it('is uncertain when nobody knows whether it was taken, and nobody repeats it', async () => {
    let calls = 0
    const provider = {
      name: 'carrier',
      idempotency: 'none',
      deliver: async () => {
        calls++
        throw new Error('The answer was lost.')
      },
    } as const
    const { says, only, reply, advance, system } = await anInbox({}, { providers: { sms: provider } })
    await says('My coffee was cold')
    const { id } = await only()
    const again = { channel: 'sms', reply: 'one' }
    expect(await reply(id, 'Sorry', again)).toMatchObject({ outcome: 'uncertain', channel: 'sms' })
    expect(await reply(id, 'Sorry', again)).toMatchObject({ outcome: 'uncertain' })
    await advance('1 hour')
    expect(calls).toBe(1)
    expect((await showConversation(system.world, id)).words.at(-1)).toMatchObject({ text: 'Sorry', state: 'uncertain' })
  })

  it('cannot be given in a conversation that is closed', async () => {
    const { id, close, reply } = await written()
    await close(id)
    await expect(reply(id, 'Sorry')).rejects.toMatchObject({ code: 'conversation.closed' })
    await expect(close(id)).rejects.toMatchObject({ code: 'conversation.closed' })
  })
})

describe('of two agents', () => {
  it('one has the conversation, and the other is told who', async () => {
    const { says, only, reply, close, list, system } = await anInbox()
    await says('My coffee was cold')
    const { id } = await only()
    const claims = await Promise.allSettled(['Bo', 'Cy'].map((agent) => claimConversation(system.world, id, { agent })))
    expect(claims.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const { agent = '' } = await only()
    const other = agent === 'Bo' ? 'Cy' : 'Bo'
    await expect(reply(id, 'Sorry', { agent: other })).rejects.toThrow(`${agent} has this conversation`)
    await expect(close(id, other)).rejects.toMatchObject({ code: 'conversation.claimed' })
    await expect(releaseConversation(system.world, id, other)).rejects.toMatchObject({ code: 'conversation.claimed' })
    await releaseConversation(system.world, id, agent)
    await reply(id, 'Sorry', { agent: other })
    expect(await list({ state: 'answered' })).toMatchObject([{ agent: other }])
  })

  it('one may take it over, which is noted', async () => {
    const { says, only, system } = await anInbox()
    await says('My coffee was cold')
    const { id } = await only()
    await claimConversation(system.world, id, { agent: 'Bo' })
    await claimConversation(system.world, id, { agent: 'Cy', force: true })
    const mine = await only()
    expect(mine.agent).toBe('Cy')
    expect(await notesOf(system.world, mine)).toMatchObject([{ by: 'Cy', text: 'took it over from Bo' }])
  })
})

describe('a team', () => {
  it('gives a conversation to another one, with a note, and she keeps her place in the line', async () => {
    const { says, only, list, advance, system } = await anInbox()
    await says('My coffee was cold')
    const { id, inAt } = await only()
    await claimConversation(system.world, id, { agent: 'Bo' })
    await advance('1 hour')
    await expect(assignConversation(system.world, id, { agent: 'Cy', team: 'care' })).rejects.toThrow('Bo has')
    await expect(assignConversation(system.world, id, { agent: 'Bo', team: 'caer' })).rejects.toThrow(
      'did you mean "care"',
    )
    await assignConversation(system.world, id, { agent: 'Bo', team: 'care-leads', note: 'A regular' })
    const [moved] = await list({ team: 'care-leads' })
    expect(moved).toMatchObject({ id, inAt, agent: '' })
    expect(await notesOf(system.world, moved ?? { customer: '', id })).toMatchObject([{ by: 'Bo', text: 'A regular' }])
  })
})

describe('silence', () => {
  it('closes a conversation after seven days, counted from the last word', async () => {
    const { says, only, list, advance, thread } = await anInbox()
    await says('My coffee was cold')
    await advance('6 days')
    await says('Anybody?')
    await advance('6 days')
    expect(await only()).toMatchObject({ preview: 'Anybody?' })
    await advance('25 hours')
    expect(await list()).toEqual([])
    expect((await thread()).filter((text) => text.startsWith('conversation.'))).toEqual([
      'conversation.opened on sms',
      'conversation.closed on sms',
    ])
  })
})

describe('what an agent sees', () => {
  it('is what has happened since the last contact, and how the brand speaks', async () => {
    const voice = 'voice: { form of address: { en: first name }, never: [cheap] }'
    const { says, only, close, receive, advance, system } = await anInbox({}, { brand: aBrandFile({ more: voice }) })
    await receive({ type: 'order.completed', identifiers: { userId: 'ada' } })
    await says('My coffee was cold')
    await close((await only()).id)
    await advance('1 day')
    const bought = { type: 'order.completed', channel: 'store', identifiers: { userId: 'ada' } }
    await receive(bought)
    await advance('1 day')
    await receive(bought)
    await says('It was cold again')
    const view = await showConversation(system.world, (await only()).id)
    expect(view.since.facts.map(({ text }) => text)).toEqual(['order.completed on store, 2 times'])
    expect(view.since.lastContactAt).toBe('2026-03-10T10:00:00.000Z')
    expect(view.voice).toEqual({ formOfAddress: 'first name', never: ['cheap'] })
    expect(view.her.mutesMarketing).toBe(true)
  })
})
