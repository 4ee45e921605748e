import { describe, expect, it } from 'vitest'
import { api } from '#local/api.ts'
import { aStage, type Stage } from '#test/builders/a-system.ts'
import { feedbackFrom, type OutboxFeedback } from '../../local/outbox.ts'

/*
 * What she does with a message comes back and counts at once: for her next message, on every channel, and in her
 * thread. A link scanner that opens every link changes nothing; one click of hers on "unsubscribe" is enough.
 */

const ADA = { kind: 'userId', value: 'ada' } as const
const identifiers = { userId: 'ada' }
const EMAIL = 'ada@example.org'
const PHONE = '+4520123456'
const known = {
  type: 'customer.signed-up',
  identifiers: { ...identifiers, email: EMAIL, phone: PHONE },
  consent: { offers: { email: true, sms: true }, loyalty: { email: true } },
}

const journeyOf = (by: string): string =>
  `journey: ${by}\npurpose: offers\nenter: { when: write.${by} }\nsteps: [{ send: hello, by: ${by} }]\n`

async function stage(): Promise<Stage> {
  const made = await aStage({ journeys: { email: journeyOf('email'), sms: journeyOf('sms') }, messages: ['hello'] })
  await made.receive(known)
  return made
}

const write = (made: Stage, by: 'email' | 'sms') => made.receive({ type: `write.${by}`, identifiers })

/** What her provider reports about the latest message. */
async function report(
  made: Stage,
  what: OutboxFeedback,
  details: { permanent?: boolean; text?: string; link?: string } = {},
) {
  const message = made.messages().at(-1)
  if (message === undefined) throw new Error('Nothing has arrived.')
  await made.advance('1 minute')
  await made.receive(feedbackFrom(message, what, { now: made.system.clock.now(), ...details }))
}

const dispatches = async (made: Stage) =>
  ((await made.customer(ADA))?.thread ?? []).flatMap((entry) => (entry.kind === 'message' ? [entry] : []))

const consentOf = async (made: Stage): Promise<readonly string[]> =>
  ((await made.customer(ADA))?.profile.consent ?? []).map(
    ({ purpose, channel, state }) => `${purpose}/${channel} ${state}`,
  )

describe('feedback on an email', () => {
  it.each([
    ['opened', 'hello delivered by email, opened'],
    ['clicked', 'hello delivered by email, clicked'],
    ['answered', 'hello delivered by email, answered'],
  ] as const)('that it was %s stands in her thread, with the message and by itself', async (what, text) => {
    const made = await stage()
    await write(made, 'email')
    await report(made, what, { link: 'https://kaffi.example/menu', text: 'Thanks' })
    await report(made, what, { link: 'https://kaffi.example/menu', text: 'Thanks' })
    expect((await dispatches(made)).map((entry) => entry.text)).toEqual([text])
    expect((await made.customer(ADA))?.thread.map((entry) => entry.text)).toContain(`message.${what} on email`)
  })

  it('that it bounced for good closes the address: the next one is not sent, and her thread says why', async () => {
    const made = await stage()
    await write(made, 'email')
    await report(made, 'bounced')
    expect((await made.customer(ADA))?.profile.suppressed).toMatchObject([
      { channel: 'email', address: EMAIL, reason: 'bounced' },
    ])
    await write(made, 'email')
    expect(made.arrived(EMAIL)).toHaveLength(1)
    expect((await dispatches(made)).at(-1)).toMatchObject({
      state: 'skipped',
      reasons: ['email: Her address is closed: messages to it bounced, or she called one spam (bounced).'],
    })
    await write(made, 'sms')
    expect(made.arrived(PHONE)).toHaveLength(1)
  })

  it('that it bounced for now closes nothing', async () => {
    const made = await stage()
    await write(made, 'email')
    await report(made, 'bounced', { permanent: false })
    await write(made, 'email')
    expect(made.arrived(EMAIL)).toHaveLength(2)
  })

  it('that three in three days bounced for now closes it, too', async () => {
    const made = await stage()
    for (const _ of ['first', 'second', 'third']) {
      await write(made, 'email')
      await report(made, 'bounced', { permanent: false })
    }
    await write(made, 'email')
    expect(made.arrived(EMAIL)).toHaveLength(3)
    expect((await dispatches(made)).at(-1)?.reasons).toEqual([
      'email: Her address is closed: messages to it bounced, or she called one spam (bounced 3 times in 72 hours).',
    ])
    expect((await made.customer(ADA))?.profile.suppressed).toMatchObject([{ address: EMAIL }])
  })

  it('that she called it spam closes the address', async () => {
    const made = await stage()
    await write(made, 'email')
    await report(made, 'complained')
    await write(made, 'email')
    expect(made.arrived(EMAIL)).toHaveLength(1)
  })

  it('leaves another address of hers open, also when it comes after she has given that', async () => {
    const made = await stage()
    await write(made, 'email')
    await made.advance('1 minute')
    await made.receive({ type: 'customer.updated', identifiers: { ...identifiers, email: 'new@example.org' } })
    await report(made, 'bounced')
    await write(made, 'email')
    expect(made.arrived('new@example.org')).toHaveLength(1)
  })

  it('for a dispatch that we do not know is recorded all the same', async () => {
    const made = await stage()
    const opened = {
      type: 'message.opened',
      channel: 'email',
      identifiers: { email: EMAIL },
      properties: { dispatch: 'gone' },
    }
    await made.receive(opened)
    expect((await made.customer(ADA))?.thread.map((entry) => entry.text)).toContain('message.opened on email')
  })
})

describe('an answer by SMS', () => {
  it('STOP withdraws everything on that channel, START lifts it again', async () => {
    const made = await stage()
    await write(made, 'sms')
    await report(made, 'answered', { text: ' stop. ' })
    expect(await consentOf(made)).toContain('*/sms withdrawn')
    await write(made, 'sms')
    const beforeStart = ['sms hello', 'sms Kaffi: you will get no more texts from us. Reply START to allow them again.']
    expect(made.arrived(PHONE)).toEqual(beforeStart)
    await write(made, 'email')
    expect(made.arrived(EMAIL)).toHaveLength(1)
    await made.advance('1 minute')
    await made.receive({
      type: 'message.answered',
      channel: 'sms',
      identifiers: { phone: PHONE },
      properties: { text: 'START' },
    })
    await write(made, 'sms')
    expect(made.arrived(PHONE)).toEqual([...beforeStart, 'sms hello'])
  })

  it('that only speaks of stopping is for a person to read', async () => {
    const made = await stage()
    await write(made, 'sms')
    await report(made, 'answered', { text: "don't stop sending these" })
    expect(await consentOf(made)).toContain('offers/sms given')
    expect(await consentOf(made)).not.toContain('*/sms withdrawn')
  })
})

describe('the links of an email', () => {
  const linkIn = (made: Stage, path: 'u' | 'p' | 'c'): string => {
    const html = String(made.messages().at(-1)?.content.html)
    const found = new RegExp(`http://127.0.0.1:4700(/${path}/[^"\\s]+)`).exec(html)?.[1]
    if (found === undefined) throw new Error(`The message has no link to /${path}.`)
    return found
  }
  const request = async (made: Stage, path: string, init: RequestInit = {}) => {
    const response = await api(made.system.world).request(path, init)
    await made.system.clock.advance(0)
    return response
  }

  it('unsubscribe: looking at the page changes nothing, one POST without a body withdraws', async () => {
    const made = await stage()
    await write(made, 'email')
    const link = linkIn(made, 'u')
    const page = await request(made, link)
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Stop offers by email?')])
    await request(made, link, { method: 'HEAD' })
    expect(await consentOf(made)).toContain('offers/email given')
    expect((await request(made, link, { method: 'POST', body: 'List-Unsubscribe=One-Click' })).status).toBe(200)
    expect(await consentOf(made)).toEqual(
      expect.arrayContaining(['offers/email withdrawn', 'loyalty/email given', 'offers/sms given']),
    )
    await write(made, 'email')
    expect(made.arrived(EMAIL)).toHaveLength(1)
  })

  it('unsubscribe: counts whenever it is used, also after she came back', async () => {
    const made = await stage()
    await write(made, 'email')
    const link = linkIn(made, 'u')
    await request(made, link, { method: 'POST' })
    await made.advance('1 hour')
    await made.receive({ type: 'consent.given', identifiers, consent: { offers: { email: true } } })
    await made.advance('1 hour')
    await request(made, link, { method: 'POST' })
    expect(await consentOf(made)).toContain('offers/email withdrawn')
  })

  it('preferences: the form shows what she allowed and saves what she leaves ticked', async () => {
    const made = await stage()
    await write(made, 'email')
    const link = linkIn(made, 'p')
    const page = await (await request(made, link)).text()
    expect(page).toContain('value="offers/email" checked')
    expect(page).toMatch(/value="offers\/push" *>/)
    await made.advance('1 minute')
    const body = new URLSearchParams([['allow', 'offers/push']])
    await request(made, link, { method: 'POST', body })
    expect(await consentOf(made)).toEqual(
      expect.arrayContaining(['offers/push given', 'offers/email withdrawn', 'offers/sms withdrawn']),
    )
  })

  it('preferences: nothing left ticked is a withdrawal, and says so', async () => {
    const made = await stage()
    await write(made, 'email')
    await request(made, linkIn(made, 'p'), { method: 'POST', body: new URLSearchParams() })
    const types = ((await made.customer(ADA))?.thread ?? []).flatMap((entry) =>
      entry.kind === 'touchpoint' ? [entry.type] : [],
    )
    expect(types.at(-1)).toBe('consent.withdrawn')
  })

  it('click: leads on and stands in her thread', async () => {
    const made = await stage()
    await write(made, 'email')
    const response = await request(made, linkIn(made, 'c'))
    expect([response.status, response.headers.get('location')]).toEqual([302, 'https://kaffi.example/menu'])
    expect((await dispatches(made))[0]?.text).toBe('hello delivered by email, clicked')
  })

  it('forged, cut or of another kind: look like one that never was, and change nothing', async () => {
    const made = await stage()
    await write(made, 'email')
    const link = linkIn(made, 'u')
    const forged = [
      `${link.slice(0, -2)}xx`,
      link.slice(0, -5),
      '/u/nonsense',
      link.replace('/u/', '/p/'),
      link.replace('/u/', '/c/'),
    ]
    for (const path of forged)
      for (const method of ['GET', 'POST'])
        expect([path, (await request(made, path, { method })).status]).toEqual([path, 404])
    expect(await consentOf(made)).toContain('offers/email given')
  })

  it('preferences: a link of ninety days ago does not show them any more', async () => {
    const made = await stage()
    await write(made, 'email')
    const link = linkIn(made, 'p')
    await made.advance('91 days')
    expect((await request(made, link)).status).toBe(404)
  })

  it('lead to her also after two records of hers became one', async () => {
    const made = await stage()
    await write(made, 'email')
    const link = linkIn(made, 'u')
    await made.receive({ type: 'card.shown', identifiers: { loyaltyCard: '4711', anonymousId: 'a1' } })
    await made.receive({
      type: 'customer.logged-in',
      identifiers: { loyaltyCard: '4711', anonymousId: 'a1', ...identifiers },
    })
    await request(made, link, { method: 'POST' })
    expect(await consentOf(made)).toContain('offers/email withdrawn')
  })
})
