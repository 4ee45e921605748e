import { createHmac } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { Unavailable } from '#shared/errors/errors.ts'
import { showEnrolment } from '#shared/insights/enrolment-view.ts'
import type { World } from '#shared/world/world.ts'
import { type Answering, aReceiver, json } from '#test/builders/a-receiver.ts'
import { aStage, type Stage } from '#test/builders/a-system.ts'

/*
 * A journey may ask another system, and go on with its answer. A call that is repeated has the same id, a failure takes the
 * path that its author gave it, and what was answered stands nowhere but in her run.
 */

const ADA = { kind: 'userId', value: 'ada' } as const
const identifiers = { userId: 'ada' }
const signedUp = {
  type: 'customer.signed-up',
  identifiers: { ...identifiers, phone: '+4520123456' },
  consent: { offers: { sms: true } },
  traits: { firstName: 'Ada "the cup" Lovelace', points: 12 },
}
const started = {
  type: 'order.started',
  identifiers,
  properties: { order_id: 'o/1', total: 9.5, items: [{ sku: 'latte' }] },
}

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of open.splice(0)) await stop()
})

async function stage(stepOf: (url: string) => string, answer?: Answering, more: object = {}) {
  const receiver = await aReceiver(answer)
  open.push(receiver.stop)
  const made = await aStage({
    journeys: {
      tried: `journey: tried\npurpose: offers\nenter: { when: order.started }\nsteps: [${stepOf(receiver.url)}]\n`,
    },
    messages: ['hello'],
    forms: ['sms'],
    localWebhooks: true,
    ...more,
  })
  await made.receive(signedUp)
  await made.receive(started)
  return { ...made, ...receiver }
}

const lines = async ({ customer }: Pick<Stage, 'customer'>) =>
  ((await customer(ADA))?.thread ?? []).map(({ text }) => text)

async function enrolment({ customer, system }: Pick<Stage, 'customer' | 'system'>) {
  const ada = await customer(ADA)
  const entered = ada?.thread.find((one) => one.kind === 'journey')
  return showEnrolment(system.world, ada?.customer ?? '', entered?.kind === 'journey' ? entered.enrolment : '')
}

describe('webhook', () => {
  it('sends a body of JSON, each value of its own type and none that could break out of it', async () => {
    const { received } = await stage(
      (url) =>
        `{ webhook: "${url}/orders/{{ entry.order_id }}?name={{ customer.first_name }}", body: { order: "{{ entry.order_id }}", total: "{{ entry.total }}", items: "{{ entry.items }}", who: "Dear {{ customer.first_name }}", list: [a, "{{ customer.points }}"] } }`,
    )
    expect(received).toHaveLength(1)
    expect(received[0]).toMatchObject({
      method: 'POST',
      path: '/orders/o%2F1?name=Ada%20%22the%20cup%22%20Lovelace',
      headers: { 'content-type': 'application/json' },
    })
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({
      order: 'o/1',
      total: 9.5,
      items: [{ sku: 'latte' }],
      who: 'Dear Ada "the cup" Lovelace',
      list: ['a', 12],
    })
  })

  it('sends a body that is written as a text, with values escaped for JSON', async () => {
    const body = `'{"name": "{{ customer.first_name }}", "points": {{ customer.points }}}'`
    const { received } = await stage((url) => `{ webhook: "${url}", method: PUT, body: ${body} }`)
    expect(received[0]?.method).toBe('PUT')
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({ name: 'Ada "the cup" Lovelace', points: 12 })
  })

  it('sends headers of its own, on one line each', async () => {
    const headers = `{ X-Customer: "{{ customer.first_name }}", X-Two: "{{ entry.order_id }}\\r\\nX-Evil: yes" }`
    const { received } = await stage((url) => `{ webhook: "${url}", headers: ${headers} }`)
    expect(received[0]?.headers).toMatchObject({ 'x-customer': 'Ada "the cup" Lovelace', 'x-two': 'o/1 X-Evil: yes' })
    expect(received[0]?.headers['x-evil']).toBeUndefined()
  })

  it('is signed, so that its receiver knows that it is ours', async () => {
    const { received, system } = await stage((url) => `{ webhook: "${url}", body: { order: "{{ entry.order_id }}" } }`)
    const { headers = {}, body } = received[0] ?? {}
    const key = await system.world.secrets.webhookKey()
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`)
    expect(Number(headers['webhook-timestamp'])).toBe(Date.parse('2026-03-10T10:00:00Z') / 1_000)
  })

  it('saves its answer for messages, conditions and later steps', async () => {
    const steps = (url: string): string =>
      `{ webhook: "${url}", save as: offer }, { if: { saved: offer.kind, is: bun }, then: [{ update: { set: { offered: "{{ saved.offer.kind }}", worth: "{{ saved.offer.worth }}" } } }, { emit: offer.made, properties: { code: "{{ saved.offer.code }}" } }], else: [{ exit: no offer }] }, { send: order-code }`
    const made = await stage(steps, json({ kind: 'bun', worth: 4, code: 'BUN-7' }), {
      messages: ['order-code'],
    })
    expect((await made.customer(ADA))?.profile.traits).toMatchObject({ offered: 'bun', worth: 4 })
    expect((await made.customer(ADA))?.thread).toContainEqual(
      expect.objectContaining({ type: 'offer.made', properties: { code: 'BUN-7' } }),
    )
    expect(await enrolment(made)).toMatchObject({
      saved: { offer: { code: 'BUN-7' } },
      calls: [{ outcome: 'answered', status: 200 }],
    })
  })

  it('is called once, however often a round of a repeat comes, for each round', async () => {
    const { received } = await stage((url) => `{ repeat: [{ webhook: "${url}" }], up to: 3 times }`)
    expect(received).toHaveLength(3)
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(3)
  })
})

describe('a webhook that fails', () => {
  const failing = (url: string): string =>
    `{ webhook: "${url}", if it fails: [{ exit: no answer }] }, { exit: went on }`

  it('for the time being is called again with the same id, until it answers', async () => {
    const made = await stage(failing, (response, call) => response.writeHead(call < 4 ? 503 : 200).end())
    await made.advance('1 hour')
    expect(made.received).toHaveLength(4)
    expect(new Set(made.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(1)
    expect(await lines(made)).toContain('left tried: went on')
  })

  it('for good takes its failure path, with the reason on show and nothing of what was said in the log', async () => {
    const logged: unknown[] = []
    const note = (...line: unknown[]): void => void logged.push(line)
    const answer: Answering = (response) => response.writeHead(500).end('Ada Lovelace')
    const made = await stage(failing, answer, { log: { info: note, warn: note, error: note } })
    await made.advance('1 day')
    expect(made.received).toHaveLength(7)
    expect(await lines(made)).toContain('left tried: no answer')
    const view = await enrolment(made)
    expect(view?.calls).toMatchObject([{ outcome: 'failed', status: 500, reason: 'answered 500' }])
    expect(JSON.stringify(logged)).toContain('webhook.unavailable')
    expect(JSON.stringify([view?.calls, logged])).not.toMatch(/Ada|127\.0\.0\.1/)
  })

  it.each([301, 307, 400, 404, 409, 410, 429])('with %d is not called again', async (status) => {
    const made = await stage(failing, (response) => response.writeHead(status, { location: '/other' }).end())
    await made.advance('1 day')
    expect(made.received).toHaveLength(1)
    expect(await lines(made)).toContain('left tried: no answer')
    expect((await enrolment(made))?.calls).toMatchObject([{ reason: `answered ${status}` }])
  })

  it.each<[what: string, answer: Answering, reason: string]>([
    ['no JSON', (response) => response.end('<p>hello</p>'), 'its answer is not JSON'],
    ['nothing', (response) => response.writeHead(204).end(), 'its answer is not JSON'],
    ['more than is kept', json({ text: 'x'.repeat(17_000) }), 'its answer is too large to save'],
    ['more than is read', (response) => response.end('x'.repeat(1_100_000)), 'too-large'],
  ])('to answer with what can be saved is not called again: %s', async (_, answer, reason) => {
    const steps = (url: string): string => `{ webhook: "${url}", save as: offer, if it fails: [{ exit: no answer }] }`
    const made = await stage(steps, answer)
    expect(made.received).toHaveLength(1)
    expect(await lines(made)).toContain('left tried: no answer')
    expect(await enrolment(made)).toMatchObject({ calls: [{ reason }] })
    expect((await enrolment(made))?.saved).toBeUndefined()
  })

  it('because a value is missing that its body needs is not called at all', async () => {
    const made = await stage(
      (url) => `{ webhook: "${url}", body: '{"points": {{ customer.pints }}}', if it fails: [{ exit: no answer }] }`,
    )
    expect(made.received).toHaveLength(0)
    expect(await lines(made)).toContain('left tried: no answer')
    expect((await enrolment(made))?.calls).toMatchObject([{ reason: 'its body is not JSON' }])
  })

  it('because its address is not on the public internet is not called at all', async () => {
    const made = await stage((url) => failing(url), undefined, { localWebhooks: false })
    expect(made.received).toHaveLength(0)
    expect(await lines(made)).toContain('left tried: no answer')
    expect((await enrolment(made))?.calls).toMatchObject([{ reason: 'not-https' }])
  })

  it('lets what follows happen where the author says so', async () => {
    const made = await stage((url) => `{ webhook: "${url}", if it fails: continue }, { exit: went on }`, json({}, 404))
    expect(await lines(made)).toContain('left tried: went on')
  })

  it('to be noted, because the process lost its table, is called again with the same id, and saved once', async () => {
    let lost = 1
    const wrapWorld = (world: World): World => {
      const table: World['table'] = Object.create(world.table) as World['table']
      table.write = async (operations) => {
        const notes = operations.some((write) => 'set' in write && 'calls' in write.attributes)
        if (notes && lost-- > 0) throw new Unavailable('test.lost', 'The table is away.')
        return world.table.write(operations)
      }
      for (const name of ['get', 'getMany', 'query', 'queryIndex', 'scan'] as const)
        table[name] = world.table[name].bind(world.table) as never
      return { ...world, table }
    }
    const made = await stage((url) => `{ webhook: "${url}", save as: offer }, { wait: 1 day }`, json({ kind: 'bun' }), {
      wrapWorld,
    })
    await made.advance('1 hour')
    expect(made.received).toHaveLength(2)
    expect(new Set(made.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(await enrolment(made)).toMatchObject({ saved: { offer: { kind: 'bun' } }, state: 'running' })
  })

  it('because nobody answers in the time it has is called again', async () => {
    const made = await stage(
      (url) => `{ webhook: "${url}", timeout: 1 second }, { exit: went on }`,
      (response, call) => (call === 1 ? undefined : response.end()),
    )
    await made.advance('1 hour')
    expect(made.received).toHaveLength(2)
    expect(await lines(made)).toContain('left tried: went on')
  })
})
