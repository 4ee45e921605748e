import { describe, expect, it } from 'vitest'
import { aFolder, SHE, she } from '#test/builders/a-preview.ts'
import { START } from '#test/builders/a-system.ts'
import { compare } from './compare.ts'

const BEFORE = `journey: basket
purpose: offers
enter: { when: order.started }
steps:
  - wait: 1 hour
  - send: reminder
    by: push
  - if: { trait: plan, is: pro }
    then: [{ send: last-call, by: sms }]`

const subjects = [
  { name: 'ada', person: { events: [SHE] } },
  { name: 'ben', person: she({ plan: 'pro' }) },
  { name: 'cleo', person: she({ plan: 'pro' }) },
]

async function compared(change: (yaml: string) => string, more = {}) {
  const [before, after] = [await aFolder(BEFORE), await aFolder(change(BEFORE), undefined, more)]
  return compare({ before, after, journey: 'basket', subjects, at: START })
}

describe('two forms of a journey', () => {
  it('may be the same for everybody', async () => {
    const result = await compared((yaml) => yaml.replace('wait: 1 hour', 'wait: 60 minutes'))
    expect(result).toEqual({ customers: 3, same: 3, differences: [] })
  })

  it('differ in when a message comes', async () => {
    const { differences } = await compared((yaml) => yaml.replace('wait: 1 hour', 'wait: 2 days'))
    expect(differences).toEqual([
      { what: 'get reminder 1 day 23 hours later', customers: ['ada', 'ben', 'cleo'] },
      { what: 'get last-call 1 day 23 hours later', customers: ['ben', 'cleo'] },
    ])
  })

  it('differ in who gets a message, and by which channel', async () => {
    const change = (yaml: string) => yaml.replace('is: pro', 'is not: pro').replace('by: push', 'by: sms')
    const { differences, same } = await compared(change)
    expect(same).toBe(0)
    expect(differences).toEqual([
      { what: 'get reminder by sms instead of push', customers: ['ada', 'ben', 'cleo'] },
      { what: 'no longer get last-call', customers: ['ben', 'cleo'] },
      { what: 'get last-call by sms, and do not now', customers: ['ada'] },
    ])
  })

  it('differ in who enters', async () => {
    const { differences } = await compared((yaml) =>
      yaml.replace('when: order.started', 'when: order.started, if: { trait: plan, is: pro }'),
    )
    expect(differences).toEqual([
      { what: 'no longer enter: the journey’s "if" did not hold for her', customers: ['ada'] },
    ])
  })

  it('differ in words, and in how they end', async () => {
    const more = { 'messages/last-call/sms.en.txt': 'The very last call. Reply STOP for no more.' }
    const { differences } = await compared((yaml) => `${yaml}\n    else: [{ exit: no pro }]`, more)
    expect(differences).toEqual([
      { what: 'read other words in last-call', customers: ['ben', 'cleo'] },
      { what: 'leave as "no pro" instead of "completed"', customers: ['ada'] },
    ])
  })
})
