import { describe, expect, it } from 'vitest'
import { api } from '#local/api.ts'
import type { CustomerRows } from '#shared/insights/customer-rows.ts'
import type { BrandFolder } from '#shared/journeys/folder/brand-folder.ts'
import { parseDuration } from '#shared/time/duration.ts'
import { preview } from '../../local/preview/preview.ts'
import { linesOf, SHE } from '../builders/a-preview.ts'
import { aStage, type Stage } from '../builders/a-system.ts'

const JOURNEY = `journey: basket
purpose: offers
enter: { when: order.started, key: order_id, again: after 7 days }
steps:
  - wait: 1 hour
  - send: reminder
    by: [push, sms]
  - await: product.viewed
    within: 2 days`

const OTHER = `journey: other
purpose: offers
enter: { when: customer.signed-up }
steps:
  - wait: 30 days
  - send: reminder`

const STARTED = { type: 'order.started', identifiers: { userId: 'ada' }, properties: { order_id: 'o-1', total: 9 } }

async function running(): Promise<Stage> {
  const stage = await aStage({
    journeys: { basket: JOURNEY, other: OTHER },
    messages: ['reminder'],
    forms: ['push', 'sms'],
  })
  await stage.receive(SHE)
  await stage.receive({ type: 'customer.signed-up', identifiers: { userId: 'ada' } })
  return stage
}

async function ask<T>({ system }: Stage, path: string): Promise<T> {
  const headers = { authorization: `Bearer ${system.token}` }
  const response = await api(system.world).request(path, { headers })
  expect(response.status).toBe(200)
  return (await response.json()) as T
}

async function previewed(stage: Stage, after = '0 seconds') {
  const { now, ...person } = await ask<CustomerRows>(stage, '/v1/customers/email/ada@example.org/rows')
  const folder = await ask<BrandFolder>(stage, '/v1/journeys/basket/folder')
  return preview({ folder, journey: 'basket', person, at: Date.parse(now) + (parseDuration(after) ?? 0) })
}

describe('a customer of a running system', () => {
  it('enters by what she did last, and nothing of it happens to her', async () => {
    const stage = await running()
    await stage.receive({ ...STARTED, mode: 'history' })
    const before = await ask<CustomerRows>(stage, '/v1/customers/userId/ada/rows')
    const seen = await previewed(stage)
    expect(seen.entry.properties).toEqual({ order_id: 'o-1', total: 9 })
    expect(linesOf(seen).slice(0, 3)).toEqual([
      '10 10:00 entered',
      '10 10:00 wait 1 hour',
      '10 11:00 send reminder by push, else sms (delivered push)',
    ])
    expect(seen.notes).toEqual(['Her other runs stand still (other); what they sent still counts.'])
    expect(await ask(stage, '/v1/customers/userId/ada/rows')).toEqual(before)
    expect(stage.messages()).toEqual([])
  })

  it('enters once more by what has let her in already, as if it had not', async () => {
    const stage = await running()
    await stage.receive(STARTED)
    await stage.advance('2 hours')
    const seen = await previewed(stage)
    expect(linesOf(seen).slice(0, 3)).toEqual([
      '10 12:00 entered',
      '10 12:00 wait 1 hour',
      '10 13:00 send reminder by push, else sms (delivered push)',
    ])
    expect(seen.notes).toContain('What her last entry led to is left out, as if it had not been.')
  })

  it('does not enter while an earlier entry forbids it', async () => {
    const stage = await running()
    await stage.receive(STARTED)
    await stage.receive({ ...STARTED, properties: { order_id: 'o-2' } })
    expect((await previewed(stage, '1 day')).refusal?.reason).toBe(
      'she had entered before, and may not again so soon (on 2026-03-10; again after 7 days)',
    )
    expect((await previewed(stage, '8 days')).refusal).toBeUndefined()
  })

  it('may be in the control group', async () => {
    const stage = await running()
    await stage.receive({ ...STARTED, mode: 'history' })
    await stage.publish({
      journeys: { basket: `${JOURNEY}\nholdout: 100%` },
      messages: ['reminder'],
      forms: ['push', 'sms'],
    })
    expect(linesOf(await previewed(stage))).toEqual(['10 10:00 ended: holdout'])
  })

  it('is what she was at an earlier time, as far as her timeline says', async () => {
    const stage = await running()
    await stage.receive({ ...STARTED, mode: 'history' })
    await stage.advance('1 day')
    await stage.receive({ ...STARTED, mode: 'history', properties: { order_id: 'o-9' } })
    const { now, ...person } = await ask<CustomerRows>(stage, '/v1/customers/userId/ada/rows')
    const folder = await ask<BrandFolder>(stage, '/v1/journeys/basket/folder')
    const seen = await preview({ folder, journey: 'basket', person, at: Date.parse(now) - 3_600_000 })
    expect(seen.entry.properties).toMatchObject({ order_id: 'o-1' })
    expect(seen.notes[1]).toMatch(/^What she has done since is left out/)
  })
})

describe('the rows of a customer', () => {
  it('come in pages, with those of whoever was merged into her', async () => {
    const stage = await running()
    await stage.receive({ type: 'page.viewed', identifiers: { email: 'else@example.org' } })
    await stage.receive({ type: 'page.viewed', identifiers: { anonymousId: 'laptop' } })
    await stage.receive({ type: 'customer.identified', identifiers: { userId: 'ada', anonymousId: 'laptop' } })
    const all: CustomerRows[] = []
    for (let cursor: string | undefined = ''; cursor !== undefined; cursor = all.at(-1)?.cursor)
      all.push(await ask(stage, `/v1/customers/userId/ada/rows${cursor === '' ? '' : `?cursor=${cursor}`}`))
    const rows = all.flatMap((page) => page.rows)
    const partitions = new Set(rows.map(({ pk }) => pk))
    expect(all).toHaveLength(2)
    expect(partitions.size).toBe(2)
    expect(rows.filter(({ sk }) => sk.startsWith('T#')).map(({ type }) => type)).toContain('page.viewed')
    expect(rows.filter(({ sk }) => sk.startsWith('W#'))).toEqual([])
    expect(all[0]?.identifiers).toContainEqual({ kind: 'anonymousId', value: 'laptop' })
    const bad = await api(stage.system.world).request('/v1/customers/userId/ada/rows?cursor=9.', {
      headers: { authorization: `Bearer ${stage.system.token}` },
    })
    expect([bad.status, await bad.json()]).toMatchObject([400, { code: 'customer.bad-cursor' }])
  })

  it('are for those with the token only', async () => {
    const stage = await running()
    const response = await api(stage.system.world).request('/v1/customers/userId/ada/rows')
    expect(response.status).toBe(401)
  })

  it('name who is in a journey now, those who came last first', async () => {
    const stage = await running()
    await stage.receive(STARTED)
    await stage.advance('1 minute')
    await stage.receive({ ...STARTED, identifiers: { userId: 'ben' } })
    const { customers } = await ask<{ customers: readonly string[] }>(stage, '/v1/journeys/basket/entrants?limit=5')
    const [ben, ada] = await Promise.all(
      ['ben', 'ada'].map(async (value) => (await stage.customer({ kind: 'userId', value }))?.customer),
    )
    expect(customers).toEqual([ben, ada])
  })
})
