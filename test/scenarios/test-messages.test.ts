import { describe, expect, it } from 'vitest'
import { api } from '#local/api.ts'
import { dayKey } from '#shared/insights/count-changes.ts'
import { feedbackFrom } from '../../local/outbox.ts'
import { SHE } from '../builders/a-preview.ts'
import { aStage, type Stage } from '../builders/a-system.ts'

const ADA = { kind: 'userId', value: 'ada' } as const

async function running(traits = {}): Promise<Stage> {
  const stage = await aStage({ messages: ['hello'], forms: ['push', 'sms'] })
  await stage.receive({ ...SHE, consent: {}, traits: { firstName: 'Ada', ...traits } })
  return stage
}

async function test(stage: Stage, message: string, more: object = {}) {
  const response = await api(stage.system.world).request(`/v1/messages/${message}/test`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stage.system.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ customer: (await stage.customer(ADA))?.customer, ...more }),
  })
  await stage.advance('0 seconds')
  return [response.status, await response.json()] as const
}

describe('a test of a message', () => {
  it('goes to a test customer, who need not have allowed it, and says that it is one', async () => {
    const stage = await running({ testCustomer: true })
    expect(await test(stage, 'hello', { entry: { order_id: 'o-1' } })).toEqual([
      200,
      { channel: 'push', locale: 'en', warnings: [] },
    ])
    expect(await test(stage, 'hello', { channel: 'sms', entry: { order_id: 'o-1' } })).toMatchObject([
      200,
      { channel: 'sms' },
    ])
    expect(stage.messages().map(({ content }) => content.title ?? content.text)).toEqual([
      '[Test] hello',
      '[Test] hello o-1',
    ])
  })

  it('goes to nobody else', async () => {
    const stage = await running()
    expect(await test(stage, 'hello')).toMatchObject([
      400,
      { code: 'test.no-test-customer', detail: expect.stringContaining('customers mark-test') },
    ])
    expect(stage.messages()).toEqual([])
  })

  it('stands in her thread, and counts nowhere', async () => {
    const stage = await running({ testCustomer: true })
    await test(stage, 'hello')
    const view = await stage.customer(ADA)
    expect(view?.thread.at(-1)).toMatchObject({ text: expect.stringMatching(/^message\.tested on push/) })
    const [sent] = stage.messages()
    if (sent === undefined) throw new Error('The test went out.')
    await stage.receive(feedbackFrom(sent, 'opened', { now: sent.at }))
    await stage.advance('1 minute')
    const counters = await stage.system.world.table.get(dayKey('2026-03-10'))
    expect(counters).toMatchObject({ 'types.message.tested': 1 })
    expect(Object.keys(counters ?? {}).filter((name) => /^(sent|messages)/.test(name))).toEqual([])
  })

  it('does not pass what closes an address', async () => {
    const stage = await running({ testCustomer: true })
    const bounced = { type: 'message.bounced', channel: 'sms', identifiers: { phone: '+4520123456' } }
    await stage.receive({ ...bounced, properties: { permanent: true } })
    expect(await test(stage, 'hello', { channel: 'sms' })).toMatchObject([
      400,
      { code: 'test.no-channel', detail: 'The test cannot go out: sms is closed for her.' },
    ])
  })

  it('tells what is in the way', async () => {
    const stage = await running({ testCustomer: true })
    expect(await test(stage, 'helo')).toMatchObject([400, { detail: expect.stringContaining('Did you mean hello?') }])
    expect(await test(stage, 'hello', { channel: 'email' })).toMatchObject([
      400,
      { detail: 'The test cannot go out: hello has no form for email.' },
    ])
  })
})
