import { describe, expect, it } from 'vitest'
import { readEnrolment } from '#shared/journeys/runs/enrolment.ts'
import { standingRuns } from '#shared/journeys/runs/open-runs.ts'
import { executionName } from '#shared/journeys/runs/run.ts'
import { beginMove } from '#shared/journeys/versions/move.ts'
import { MoveRules } from '#shared/journeys/versions/move-plan.ts'
import { closeConversation } from '#shared/recording/conversations/close-conversation.ts'
import { pageOfDeadLetters } from '#shared/recording/doors/dead-letters.ts'
import { receiveEvents } from '#shared/recording/doors/receive-events.ts'
import { beginBackfill, publishSegments } from '#shared/segments/publish-segments.ts'
import { SegmentDocument } from '#shared/segments/segment.ts'
import type { Item, Table } from '#shared/world/table.ts'
import type { World } from '#shared/world/world.ts'
import { aStage, publishTo, START, type Stage } from '#test/builders/a-system.ts'
import { allRows } from '#test/builders/all-rows.ts'
import { anInbox } from '#test/builders/an-inbox.ts'

/*
 * What two parts of the system do to one customer at once.
 */

const ADA = { userId: 'ada' }

const PROS = { pros: '{ trait: plan, is: pro }' }

const aPhone = (token: string) => ({ id: `phone of ${token}`, platform: 'ios', pushToken: token })

/** A world in which something else happens just before the first write. */
function meanwhile(world: World, { write: happens }: { readonly write: () => Promise<void> }): World {
  let isFirst = true
  const write: Table['write'] = async (operations) => {
    if (isFirst) {
      isFirst = false
      await happens()
    }
    return world.table.write(operations)
  }
  return { ...world, table: doing(world.table, { write }) }
}

/** A table that lets something happen before it reads a profile. */
function beforeProfile(table: Table, happens: () => Promise<unknown>): Table {
  const get: Table['get'] = async (key) => {
    if (key.sk === 'PROFILE') await happens()
    return table.get(key)
  }
  return doing(table, { get })
}

function doing(table: Table, otherwise: Partial<Table>): Table {
  return new Proxy(table, {
    get: (_, name) => Reflect.get(otherwise, name) ?? (Reflect.get(table, name) as () => unknown).bind(table),
  })
}

async function rowsOf({ system }: Stage, prefix: string): Promise<readonly Item[]> {
  return (await allRows(system.world.table)).filter(({ sk }) => sk.startsWith(prefix))
}

describe('journeys that change a segment which lets her into them again', () => {
  it('stop after ten rounds', async () => {
    const stage = await aStage({
      segments: { pros: '{ trait: plan, is: pro }' },
      journeys: {
        down: 'journey: down\npurpose: service\nenter: { joins segment: pros }\nsteps: [{ wait: 1 second }, { update: { set: { plan: free } } }]\n',
        up: 'journey: up\npurpose: service\nenter: { leaves segment: pros }\nsteps: [{ wait: 1 second }, { update: { set: { plan: pro } } }]\n',
      },
    })
    await stage.receive({ type: 'customer.updated', identifiers: ADA, traits: { plan: 'pro' } })
    await stage.advance('1 hour')
    const entered = (await rowsOf(stage, 'E#')).length
    expect(entered).toBeLessThanOrEqual(11)
    await stage.advance('1 day')
    expect((await rowsOf(stage, 'E#')).length).toBe(entered)
    const plan = (await stage.customer({ kind: 'userId', value: 'ada' }))?.profile.traits.plan
    expect([plan, (await rowsOf(stage, 'PROFILE'))[0]?.sg === undefined]).toEqual(['free', true])
  })
})

describe('two customers who turn out to be one', () => {
  it('get a broadcast once', async () => {
    const stage = await aStage({
      segments: PROS,
      journeys: {
        news: 'journey: news\npurpose: offers\nenter: { once: "2026-03-10 12:00", segment: pros, pace: 20 per hour }\nsteps: [{ send: hello }]\n',
      },
      messages: ['hello'],
      forms: ['sms', 'push'],
    })
    // So many that, whichever are reached first, some pairs are half reached.
    const pairs = Array.from({ length: 40 }, (_, n) => ({ phone: `+45201234${10 + n}`, userId: `user-${n}` }))
    const consent = { offers: { sms: true, push: true } }
    await stage.receive(
      ...pairs.flatMap(({ phone, userId }) => [
        { type: 'customer.updated', identifiers: { phone }, traits: { plan: 'pro' }, consent },
        { type: 'customer.updated', identifiers: { userId }, device: aPhone(userId), traits: { plan: 'pro' }, consent },
      ]),
    )
    const heard = () =>
      pairs.map(
        ({ phone, userId }) => stage.messages().filter(({ to }) => to === phone || to === `ios:${userId}`).length,
      )
    await stage.advance('2 hours')
    const before = heard()
    await stage.receive(...pairs.map((identifiers) => ({ type: 'customer.signed-in', identifiers })))
    await stage.advance('3 days')
    expect(before.filter((times) => times === 1).length).toBeGreaterThan(2)
    expect(heard()).toEqual(before.map((times) => Math.max(times, 1)))
  })

  it('go on in the one run of a journey that began first', async () => {
    const stage = await aStage({
      journeys: {
        welcome:
          'journey: welcome\npurpose: offers\nenter: { when: order.started }\nsteps: [{ wait: 1 hour }, { send: hello }]\n',
      },
      messages: ['hello'],
      forms: ['sms'],
    })
    const consent = { offers: { sms: true } }
    await stage.receive({ type: 'order.started', identifiers: { anonymousId: 'a' }, consent })
    await stage.advance('10 minutes')
    await stage.receive({ type: 'order.started', identifiers: { ...ADA, phone: '+4520123451' }, consent })
    await stage.receive({ type: 'customer.signed-in', identifiers: { ...ADA, anonymousId: 'a' } })
    await stage.advance('50 minutes')
    expect(stage.messages().length).toBe(1)
    await stage.advance('3 days')
    expect(stage.messages().length).toBe(1)
    expect(stage.system.machines.counts().running).toBe(0)
  })
})

describe('a customer with very many open runs', () => {
  it('leaves all of them by one touchpoint', async () => {
    const stage = await aStage({
      journeys: {
        watch:
          'journey: watch\npurpose: offers\nenter: { when: product.watched, key: product }\nexit: [{ when: account.closed }]\ngoal: { when: account.closed }\nsteps: [{ await: product.back, within: 20 days }]\n',
      },
    })
    const watched = (n: number) => ({ type: 'product.watched', identifiers: ADA, properties: { product: `p${n}` } })
    for (let n = 0; n < 120; n += 10) await stage.receive(...Array.from({ length: 10 }, (_, k) => watched(n + k)))
    expect(stage.system.machines.counts().running).toBe(120)
    await stage.receive({ type: 'account.closed', identifiers: ADA })
    expect((await pageOfDeadLetters(stage.system.world)).letters.map(({ reason }) => reason)).toEqual([])
    await stage.advance('1 hour')
    expect(stage.system.machines.counts().running).toBe(0)
    const enrolments = (await rowsOf(stage, 'E#')).map(readEnrolment)
    expect(enrolments.every(({ reason, goalAt }) => reason === 'exited' && goalAt !== undefined)).toBe(true)
  })
})

describe('an await whose time is over', () => {
  it('is not ended by what comes afterwards', async () => {
    const stage = await aStage({
      journeys: {
        looks:
          'journey: looks\npurpose: offers\nenter: { when: order.started }\nsteps: [{ await: cart.viewed, within: 1 hour, then: [{ wait: 2 days, name: came }], else: [{ wait: 3 days, name: late }] }]\n',
      },
    })
    await stage.receive({ type: 'order.started', identifiers: ADA })
    await stage.advance('2 hours')
    const before = (await standingRuns(stage.system.world, 'looks')).runs[0]?.stand.step
    await stage.receive({ type: 'cart.viewed', identifiers: ADA })
    await stage.advance('1 hour')
    const after = (await standingRuns(stage.system.world, 'looks')).runs[0]?.stand.step
    expect([before, after]).toEqual(['late', 'late'])
  })
})

describe('a broadcast under way', () => {
  it('goes on when the journey is published again', async () => {
    const news = (text: string) => ({
      segments: { pros: '{ trait: plan, is: pro }' },
      journeys: {
        news: `journey: news\ndescription: ${text}\npurpose: offers\nenter: { once: "2026-03-10 12:00", segment: pros, pace: 10 per hour }\nsteps: [{ send: hello }]\n`,
      },
      messages: ['hello'],
      forms: ['sms'] as const,
      brand: undefined,
    })
    const stage = await aStage(news('first'))
    await stage.receive(
      ...Array.from({ length: 30 }, (_, n) => ({
        type: 'customer.updated',
        identifiers: { phone: `+45201${10_000 + n}` },
        traits: { plan: 'pro' },
        consent: { offers: { sms: true } },
      })),
    )
    await stage.advance('2 hours')
    const sent = stage.messages().length
    await stage.publish(news('second'))
    await stage.advance('8 hours')
    expect(sent).toBeLessThan(20)
    expect(stage.messages().length).toBe(30)
  })
})

describe('a conversation that an agent closes', () => {
  it('stays open when she has written what the agent has not read', async () => {
    const { says, only, system, list } = await anInbox()
    await says('Where is my order?')
    const { id, inAt } = await only()
    await system.clock.advance(60_000)
    await says('Hello?')
    const close = (seenAt?: number) => closeConversation(system.world, id, { agent: 'eve', seenAt })
    await expect(close(inAt)).rejects.toMatchObject({ code: 'conversation.spoken-meanwhile' })
    expect(await list()).toMatchObject([{ id, preview: 'Hello?' }])
    await close((await only()).inAt)
    expect(await list()).toEqual([])
  })

  it('stays open when she writes at that very moment', async () => {
    const inbox = await anInbox()
    const { says, system } = inbox
    await says('Where is my order?')
    const { id } = await inbox.only()
    await inbox.system.clock.advance(60_000)
    const closing = closeConversation(meanwhile(system.world, { write: () => says('Hello?') }), id, { agent: 'eve' })
    await expect(closing).rejects.toMatchObject({ code: 'conversation.spoken-meanwhile' })
    expect(await inbox.list()).toMatchObject([{ id, preview: 'Hello?' }])
  })
})

describe('a schedule whose journey is published again', () => {
  it('keeps the time that came before, though nobody had attended to it yet', async () => {
    const daily = (text: string) => ({
      segments: PROS,
      journeys: {
        daily: `journey: daily\ndescription: ${text}\npurpose: offers\nenter: { schedule: "0 12 * * *", segment: pros }\nsteps: [{ send: hello }]\n`,
      },
      messages: ['hello'],
      forms: ['sms'] as const,
    })
    const stage = await aStage(daily('first'))
    await stage.receive({
      type: 'customer.updated',
      identifiers: { phone: '+4520123451' },
      traits: { plan: 'pro' },
      consent: { offers: { sms: true } },
    })
    await stage.advance('59 minutes 59 seconds')
    const { world } = stage.system
    const now = world.clock.now() + 2_000
    const later = { ...world, clock: { now: () => now } }
    const reading = { ...daily('second') }
    await publishTo(later, reading)
    await stage.advance('2 minutes')
    expect(stage.messages().length).toBe(1)
    await stage.advance('1 day')
    expect(stage.messages().length).toBe(2)
  })
})

describe('segments that two people publish at once', () => {
  it('are both asked of everybody, or one of the two is told', async () => {
    const stage = await aStage()
    await stage.receive({ type: 'customer.updated', identifiers: ADA, traits: { plan: 'pro' } })
    const { world, clock } = stage.system
    const document = SegmentDocument.parse({ segment: 'any', if: { trait: 'plan', is: 'pro' } })
    const publish = async (name: string, by = world) => {
      await publishSegments(by, [{ name, source: name, document }])
      await beginBackfill(by)
      await clock.advance(0)
    }
    const slow = meanwhile(world, { write: () => publish('first') })
    const published = await Promise.allSettled([publish('second', slow)])
    await stage.advance('5 minutes')
    const told = published.filter(({ status }) => status === 'rejected').length
    expect((await rowsOf(stage, 'G#')).length).toBe(2 - told)
  })
})

describe('a run whose machine is gone, begun anew at the moment at which it expires', () => {
  it('goes on', async () => {
    let begin = async (): Promise<unknown> => undefined
    const stage = await aStage({
      journeys: {
        order:
          'journey: order\npurpose: offers\nenter: { when: order.started, key: id, same key: restart }\nsteps: [{ wait: 1 hour }, { send: hello }]\n',
      },
      messages: ['hello'],
      forms: ['sms'],
      wrapWorld: (world) => ({ ...world, table: beforeProfile(world.table, () => begin()) }),
    })
    const { world, machines } = stage.system
    const started = { type: 'order.started', identifiers: { phone: '+4520123451' }, properties: { id: 'o1' } }
    await stage.receive({ ...started, consent: { offers: { sms: true } } })
    const [row] = (await rowsOf(stage, 'E#')).map(readEnrolment)
    await machines.stop(row?.machine ?? '', executionName(row?.id ?? '', 1))
    await stage.advance('21 days')
    begin = async () => {
      begin = async () => undefined
      const body = { id: 'again', source: 'a shop', detail: started }
      await receiveEvents([{ messageId: '1', body, sentAt: world.clock.now() }], world)
    }
    await stage.advance('1 hour')
    expect((await rowsOf(stage, 'E#')).map(readEnrolment)).toMatchObject([{ run: 2, state: 'running' }])
    await stage.advance('2 hours')
    expect(stage.messages().length).toBe(1)
    expect((await rowsOf(stage, 'E#')).map(readEnrolment)).toMatchObject([{ run: 2, reason: 'completed' }])
  })
})

describe('very many segments that are retired', () => {
  it('let her go from all of them', async () => {
    const many = Array.from({ length: 60 }, (_, n) => `segment-${n}`)
    const stage = await aStage({ segments: Object.fromEntries(many.map((name) => [name, PROS.pros])) })
    await stage.receive({ type: 'customer.updated', identifiers: ADA, traits: { plan: 'pro' } })
    await stage.advance('5 minutes')
    expect((await rowsOf(stage, 'G#')).length).toBe(60)
    await publishSegments(
      stage.system.world,
      many.map((name) => ({ name, source: 'retired' })),
    )
    await stage.receive({ type: 'page.viewed', identifiers: ADA })
    await stage.advance('5 minutes')
    expect((await pageOfDeadLetters(stage.system.world)).letters).toEqual([])
    expect(await rowsOf(stage, 'G#')).toEqual([])
  })
})

describe('an await that somebody was moved into', () => {
  it('says when its time is over, and is over then', async () => {
    const looks = (text: string) => ({
      journeys: {
        looks: `journey: looks\ndescription: ${text}\npurpose: offers\nenter: { when: order.started }\nsteps: [{ await: cart.viewed, within: 10 hours, then: [{ wait: 2 days, name: came }], else: [{ wait: 3 days, name: late }] }]\n`,
      },
    })
    const stage = await aStage(looks('first'))
    await stage.receive({ type: 'order.started', identifiers: ADA })
    await stage.advance('9 hours')
    await stage.publish(looks('second'))
    await beginMove(stage.system.world, 'looks', MoveRules.parse({}))
    await stage.advance('2 minutes')
    const stand = async () => (await standingRuns(stage.system.world, 'looks')).runs[0]?.stand
    expect((await stand())?.until).toBe(START + 10 * 3_600_000)
    await stage.advance('2 hours')
    await stage.receive({ type: 'cart.viewed', identifiers: ADA })
    expect((await stand())?.step).toBe('late')
  })
})

describe('a customer who joins a segment while a process does not know of a new journey yet', () => {
  it('enters it with those who were there before', async () => {
    const stage = await aStage({ segments: PROS })
    const { world } = stage.system
    const unaware = { ...world, table: doing(world.table, {}) }
    const record = (n: number, plan: string) => {
      const detail = { id: `event-${n}`, type: 'customer.updated', identifiers: ADA, traits: { plan } }
      return receiveEvents(
        [{ messageId: `${n}`, body: { id: `${n}`, source: 'a shop', detail }, sentAt: world.clock.now() }],
        unaware,
      )
    }
    await record(1, 'free')
    await stage.publish({
      segments: PROS,
      journeys: {
        welcome:
          'journey: welcome\npurpose: offers\nenter: { joins segment: pros, existing: include }\nsteps: [{ wait: 1 day }]\n',
      },
    })
    await stage.advance('5 seconds')
    await record(2, 'pro')
    expect(await rowsOf(stage, 'E#')).toEqual([])
    await stage.advance('1 minute')
    expect((await rowsOf(stage, 'E#')).length).toBe(1)
  })
})
