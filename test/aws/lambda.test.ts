import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { catalog } from '#functions/catalog.ts'
import { aBrandFile, aMessageFolder, stageOf } from '#test/builders/a-system.ts'
import { DeployedSystem } from './deployed-system.ts'

/*
 * The functions as they are deployed, in processes that find nothing of this project but the bundle, started by what
 * plays Lambda and asked with the events that AWS documents.
 */

const JOURNEY = `
journey: reminder
purpose: offers
enter: { when: order.started, key: order_id }
steps:
  - { send: reminder, by: email }
  - await: product.viewed
    within: 2 days
    then: [{ update: { set: { seen: 'yes' } } }, { send: thanks, by: sms }]
`
const FILES = {
  'brand.yaml': aBrandFile({ more: 'quiet hours: none' }),
  'journeys/reminder.yaml': JOURNEY,
  ...aMessageFolder('reminder'),
  ...aMessageFolder('thanks'),
}

/** As docs.aws.amazon.com/eventbridge has an event of a schedule. */
const MINUTE = {
  version: '0',
  id: '53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa',
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account: '123456789012',
  time: '2026-10-08T16:53:06Z',
  region: 'eu-west-1',
  resources: ['arn:aws:events:eu-west-1:123456789012:rule/throughline-kaffi-minute'],
  detail: {},
}

let deployed: DeployedSystem
beforeAll(async () => {
  deployed = await DeployedSystem.deploy(inject('dynamoDb'))
})
afterAll(() => deployed.close())

const tasks = catalog.filter(({ trigger }) => trigger.on === 'task').map(({ name }) => name)

const ADA = { userId: 'ada', email: 'ada@example.org', phone: '+4520123456' }

describe('on Lambda', () => {
  it.each(tasks)('%s is taken, and machines see what it throws by its name', async (name) => {
    await expect(deployed.invoke(name, { customer: 7 })).rejects.toMatchObject({ name: 'InvalidInput' })
  })

  it('a folder is published, and an event starts a journey that sends', async () => {
    expect(await deployed.request('POST', '/v1/brand', { files: FILES })).toMatchObject({ statusCode: 200 })
    const events = [
      { type: 'customer.signed-up', identifiers: ADA, consent: { offers: { email: true, sms: true } } },
      { type: 'order.started', identifiers: ADA, properties: { order_id: 'o1' } },
    ]
    expect(await deployed.request('POST', '/v1/events', { events })).toMatchObject({ statusCode: 202 })
    await deployed.settle()
    expect(arrived()).toEqual(['email reminder for you'])
  })

  it('a journey that is paused stands still, and goes on', async () => {
    await deployed.request('POST', '/v1/journeys/reminder/pause', {})
    await deployed.request('POST', '/v1/events', { type: 'product.viewed', identifiers: { userId: 'ada' } })
    await deployed.settle()
    expect(arrived()).toHaveLength(1)
    await deployed.request('POST', '/v1/journeys/reminder/resume', {})
    await deployed.invoke('sweep-due', MINUTE)
    await deployed.settle()
    expect(arrived()).toEqual(['email reminder for you', 'sms thanks o1'])
    const done = deployed.tasks.map(({ functionName }) => functionName)
    expect(done).toEqual([
      'send-message',
      'await-touchpoint',
      'update-profile',
      'park-run',
      'update-profile',
      'send-message',
    ])
  })

  it('a task of a run that has ended is left by name', async () => {
    const { payload } = deployed.tasks.find(({ functionName }) => functionName === 'update-profile') ?? {}
    await expect(deployed.invoke('update-profile', payload)).rejects.toMatchObject({ name: 'Left' })
  })

  it('the changes of the table are counted', async () => {
    const { days } = await get('/v1/insights')
    expect(days[0].counters).toMatchObject({ 'entered.reminder': 1, 'customers.created': 1 })
  })

  it('what a provider reports comes into her thread, and her own "no" by a form that is bytes', async () => {
    const email = stageOf(deployed.system).messages()[0]?.content.html
    const [, path = ''] = /https:\/\/links\.kaffi\.example(\/u\/[\w.-]+)/.exec(String(email)) ?? []
    expect(await deployed.request('POST', path, 'List-Unsubscribe=One-Click')).toMatchObject({ statusCode: 200 })
    await deployed.settle()
    const { profile, thread } = await get('/v1/customers/email/ada@example.org')
    expect(profile.traits).toEqual({ seen: 'yes' })
    expect(profile.consent).toContainEqual(expect.objectContaining({ channel: 'email', state: 'withdrawn' }))
    const types = thread.map(({ type }: { readonly type?: string }) => type)
    for (const type of ['message.delivered', 'consent.withdrawn']) expect(types).toContain(type)
  })

  it('what a function logs are lines of JSON, and stacks are those of the sources', async () => {
    await expect(deployed.invoke('record-touchpoints', {})).rejects.toMatchObject({ name: 'TypeError' })
    const lines = deployed
      .logOf('record-touchpoints')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    const failed = lines.find(({ message }) => message === 'function failed')
    expect(failed.details.at[0]).toContain('functions/kit/on-queue.ts:')
  })
})

const arrived = (): readonly string[] => stageOf(deployed.system).arrived()

async function get(path: string) {
  const { statusCode, body } = await deployed.request('GET', path)
  return statusCode === 200 ? JSON.parse(body) : statusCode
}
