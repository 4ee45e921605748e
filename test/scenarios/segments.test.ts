import { describe, expect, it } from 'vitest'
import { findProfile } from '#shared/insights/customer.ts'
import { explainMembership, listSegments, showSegment, sizeOf } from '#shared/insights/segments.ts'
import { retireSegment } from '#shared/journeys/versions/retire-segment.ts'
import type { Profile } from '#shared/profiles/profile.ts'
import type { World } from '#shared/world/world.ts'
import { aStage, type Stage } from '#test/builders/a-system.ts'

/*
 * Who is in a segment is known at every moment: it changes in the very commit of what changed it, and when time alone
 * does, at the instant it does. Each change is a touchpoint of hers, which journeys may ask for.
 */

const ADA = { kind: 'userId', value: 'ada' } as const
const identifiers = { userId: 'ada' }
const ordered = { type: 'order.completed', identifiers }
const updated = (traits: object, more: object = {}) => ({ type: 'customer.updated', identifiers, traits, ...more })

async function profileOf({ system }: Stage): Promise<Profile> {
  const profile = await findProfile(system.world, ADA)
  if (profile === undefined) throw new Error('Nobody knows Ada.')
  return profile
}

const segmentsOf = async (stage: Stage): Promise<readonly string[]> =>
  Object.keys((await profileOf(stage)).segments).toSorted()

/** What came and went, as her thread tells it. */
async function changesOf(stage: Stage): Promise<readonly string[]> {
  const thread = (await stage.customer(ADA))?.thread ?? []
  return thread.flatMap(({ text }) => (text.includes('segment') ? [text] : []))
}

describe('what she is', () => {
  it('brings her in and out with the touchpoint that says so', async () => {
    const stage = await aStage({ segments: { pro: '{ trait: plan, is: pro }' } })
    await stage.receive(updated({ plan: 'free' }))
    expect(await segmentsOf(stage)).toEqual([])
    await stage.advance('1 hour')
    await stage.receive(updated({ plan: 'pro' }, { id: 'the-upgrade' }))
    expect(await segmentsOf(stage)).toEqual(['pro'])
    await stage.advance('1 hour')
    await stage.receive(updated({ plan: 'free' }))
    expect(await changesOf(stage)).toEqual(['joined segment pro', 'left segment pro'])
    const { items } = await stage.system.world.table.query({ pk: `C#${(await profileOf(stage)).id}`, prefix: 'T#' })
    expect(items.find(({ type }) => type === 'segment.joined')).toMatchObject({ causedBy: 'the-upgrade', depth: 1 })
  })

  it('counts for segments of segments, in the same commit', async () => {
    const stage = await aStage({
      segments: {
        'a-best': '[{ in segment: pro }, { not in segment: sleepy }]',
        pro: '{ trait: plan, is: pro }',
        sleepy: '{ did not: order.completed }',
      },
    })
    await stage.receive(updated({ plan: 'pro' }), ordered)
    const { version } = await profileOf(stage)
    expect(version).toBe(1)
    expect(await segmentsOf(stage)).toEqual(['a-best', 'pro'])
    expect(await changesOf(stage)).toEqual([
      'joined segment pro',
      'joined segment sleepy',
      'left segment sleepy',
      'joined segment a-best',
    ])
  })
})

describe('what she did', () => {
  it('is forgotten at the instant at which it is too long ago', async () => {
    const segments = { active: '{ did: order.completed, at least: 2 times, in the last: 7 days }' }
    const stage = await aStage({ segments })
    await stage.receive(ordered)
    await stage.advance('1 day')
    await stage.receive(ordered)
    await stage.advance('5 days 23 hours 59 minutes 59 seconds')
    expect(await segmentsOf(stage)).toEqual(['active'])
    await stage.advance('1 second')
    expect(await segmentsOf(stage)).toEqual([])
    expect(await changesOf(stage)).toEqual(['joined segment active', 'left segment active'])
  })

  it('and did not do for long enough counts from the last time', async () => {
    const segments = { lapsed: '[{ did: order.completed }, { did not: order.completed, in the last: 60 days }]' }
    const stage = await aStage({ segments })
    await stage.receive(ordered)
    await stage.advance('59 days')
    await stage.receive(ordered)
    await stage.advance('59 days')
    expect(await segmentsOf(stage)).toEqual([])
    await stage.advance('1 day')
    expect(await segmentsOf(stage)).toEqual(['lapsed'])
    await stage.receive(ordered)
    expect(await segmentsOf(stage)).toEqual([])
  })

  it('is not looked up in her timeline when another touchpoint comes', async () => {
    let queries = 0
    const wrapWorld = (world: World): World => {
      const table: World['table'] = Object.create(world.table) as World['table']
      for (const name of ['get', 'getMany', 'queryIndex', 'scan', 'write'] as const)
        table[name] = world.table[name].bind(world.table) as never
      table.query = (query) => {
        if (query.prefix === 'T#') queries += 1
        return world.table.query(query)
      }
      return { ...world, table }
    }
    const segments = { active: '{ did: order.completed, at least: 3 times, in the last: 90 days }' }
    const stage = await aStage({ wrapWorld })
    await stage.receive(ordered, ordered)
    await stage.publish({ segments })
    await stage.advance('1 minute')
    queries = 0
    await stage.receive(ordered)
    expect(await segmentsOf(stage)).toEqual(['active'])
    expect(queries).toBe(0)
  })

  it('with a message counts too', async () => {
    const stage = await aStage({
      segments: { readers: '{ message: hello, was: opened, in the last: 30 days }' },
      journeys: { j: 'journey: j\npurpose: service\nenter: { when: order.completed }\nsteps: [{ send: hello }]\n' },
      messages: ['hello'],
      forms: ['sms'],
    })
    await stage.receive({ ...ordered, identifiers: { ...identifiers, phone: '+4520123456' } })
    await stage.advance('1 minute')
    const dispatch = stage.messages()[0]?.dispatch
    await stage.receive({ type: 'message.opened', channel: 'sms', identifiers, properties: { dispatch } })
    expect(await segmentsOf(stage)).toEqual(['readers'])
    await stage.advance('30 days')
    expect(await segmentsOf(stage)).toEqual([])
  })
})

describe('dates of hers', () => {
  it('bring her in and out when their time comes', async () => {
    const stage = await aStage({ segments: { expiring: '{ trait: pointsExpireOn, in the next: 30 days }' } })
    await stage.receive(updated({ pointsExpireOn: '2026-05-01' }))
    expect(await segmentsOf(stage)).toEqual([])
    await stage.advance('22 days')
    expect(await segmentsOf(stage)).toEqual(['expiring'])
    await stage.advance('30 days')
    expect(await segmentsOf(stage)).toEqual([])
  })
})

describe('an import', () => {
  it('changes memberships and starts nothing', async () => {
    const stage = await aStage({
      segments: { buyers: 'did: order.completed' },
      journeys: { j: 'journey: j\npurpose: offers\nenter: { when: segment.joined }\nsteps: [{ wait: 1 day }]\n' },
    })
    await stage.receive({ ...ordered, mode: 'history', occurredAt: '2025-03-01T10:00:00Z' })
    expect(await segmentsOf(stage)).toEqual(['buyers'])
    expect((await stage.customer(ADA))?.profile.running).toEqual([])
  })
})

describe('two records that turn out to be one customer', () => {
  it('are in what they are in together', async () => {
    const stage = await aStage({
      segments: {
        regulars: '{ did: order.completed, at least: 2 times }',
        casual: '{ did: order.completed, at most: 1 time }',
      },
    })
    await stage.receive(ordered)
    await stage.receive({ ...ordered, identifiers: { anonymousId: 'laptop' } })
    expect(await segmentsOf(stage)).toEqual(['casual'])
    await stage.receive({ type: 'page.viewed', identifiers: { ...identifiers, anonymousId: 'laptop' } })
    expect(await segmentsOf(stage)).toEqual(['regulars'])
    const { members } = (await showSegment(stage.system.world, 'casual')) ?? {}
    expect(members).toBe(0)
  })
})

describe('publishing a segment', () => {
  const buyers = { buyers: 'did: order.completed' }

  it('asks everybody, and says of those who are in it that they were before', async () => {
    const stage = await aStage()
    await stage.receive(ordered)
    await stage.publish({ segments: buyers })
    await stage.advance('1 minute')
    expect(await changesOf(stage)).toEqual(['joined segment buyers by publishing'])
  })

  it('asks her first whose touchpoint comes before her turn', async () => {
    const stage = await aStage()
    await stage.receive(ordered, { type: 'page.viewed', identifiers: { userId: 'bo' } })
    await stage.publish({ segments: buyers })
    await stage.receive(ordered)
    expect(await changesOf(stage)).toEqual(['joined segment buyers by publishing'])
    const bo = { kind: 'userId', value: 'bo' } as const
    await stage.receive({ ...ordered, identifiers: { userId: 'bo' } })
    expect((await stage.customer(bo))?.thread.map(({ text }) => text)).toContain('joined segment buyers')
  })

  it('again with another condition lets go whom it does not mean any more', async () => {
    const stage = await aStage({ segments: buyers })
    await stage.receive(ordered)
    await stage.publish({ segments: { buyers: '{ did: order.completed, at least: 2 times }' } })
    await stage.advance('1 minute')
    expect(await changesOf(stage)).toEqual(['joined segment buyers', 'left segment buyers by publishing'])
  })

  it('just as it was asks nobody', async () => {
    const stage = await aStage({ segments: buyers })
    await stage.receive(ordered)
    await stage.advance('1 minute')
    const { version } = await profileOf(stage)
    await stage.publish({ segments: buyers })
    await stage.advance('1 minute')
    expect((await profileOf(stage)).version).toBe(version)
  })

  it('is taken back by retiring it, unless somebody asks for it', async () => {
    const stage = await aStage({ segments: { ...buyers, others: 'not in segment: buyers' } })
    const { world } = stage.system
    await stage.receive(ordered)
    await expect(retireSegment(world, 'buyers')).rejects.toMatchObject({ code: 'segment.in-use' })
    await retireSegment(world, 'others')
    await retireSegment(world, 'buyers')
    await stage.advance('1 minute')
    expect(await segmentsOf(stage)).toEqual([])
    expect(await changesOf(stage)).toContain('left segment buyers by publishing')
    expect(await listSegments(world)).toEqual([])
    await expect(retireSegment(world, 'buyers')).rejects.toMatchObject({ code: 'segment.unknown' })
  })
})

describe('a journey', () => {
  it('may ask for a segment at every place where it asks for her', async () => {
    const journey = `
journey: j
purpose: offers
enter: { when: order.completed, if: { not in segment: pro } }
exit: [{ if: { in segment: pro } }]
steps: [{ wait: 1 day }, { if: { in segment: sleepy }, then: [{ exit: asleep }], else: [{ exit: awake }] }]
`
    const stage = await aStage({
      segments: { pro: '{ trait: plan, is: pro }', sleepy: '{ did not: page.viewed, in the last: 12 hours }' },
      journeys: { j: journey },
    })
    const ended = async () =>
      (await stage.customer(ADA))?.thread.flatMap(({ text }) => /^left j: (.*)/.exec(text)?.[1] ?? [])
    await stage.receive({ type: 'page.viewed', identifiers }, ordered)
    await stage.advance('1 day')
    expect(await ended()).toEqual(['asleep'])
    await stage.receive(ordered)
    await stage.advance('1 hour')
    await stage.receive(updated({ plan: 'pro' }))
    expect((await ended())?.at(-1)).toBe('exited (condition)')
    await stage.receive(ordered)
    expect((await stage.customer(ADA))?.profile.running).toEqual([])
  })

  it('counts at its door what she did before it was published', async () => {
    const stage = await aStage()
    await stage.receive(ordered, ordered)
    const enter = '{ when: order.completed, if: { did: order.completed, at least: 3 times } }'
    await stage.publish({ journeys: { j: `journey: j\npurpose: offers\nenter: ${enter}\nsteps: [{ wait: 1 day }]\n` } })
    await stage.receive({ type: 'page.viewed', identifiers }, ordered)
    expect((await stage.customer(ADA))?.profile.running).toHaveLength(1)
  })
})

describe('people', () => {
  const lapsed = 'segment: lapsed\nif: [{ did: order.completed }, { did not: order.completed, in the last: 5 days }]\n'

  it('see how many are in it, and how many would be', async () => {
    const stage = await aStage({ segments: { buyers: 'did: order.completed' } })
    const people = Array.from({ length: 20 }, (_, n) => ({ identifiers: { userId: `u${n}` } }))
    await stage.receive(...people.map((one, n) => ({ ...one, type: n < 8 ? 'order.completed' : 'page.viewed' })))
    await stage.advance('5 days')
    const { world } = stage.system
    expect(await showSegment(world, 'buyers')).toMatchObject({ members: 8, isWhole: true, version: 1 })
    expect(await sizeOf(world, 'lapsed.yaml', lapsed)).toEqual({ asked: 20, members: 8, isWhole: true })
    await expect(sizeOf(world, 'x.yaml', 'segment: x\nif: { in segment: bayers }\n')).rejects.toThrow(
      'x.yaml:2:7: if.in segment: There is no segment "bayers". Did you mean "buyers"?',
    )
  })

  it('see why she is in it, line by line', async () => {
    const stage = await aStage({
      segments: { pro: '[{ trait: plan, is: pro }, { did: order.completed, at least: 2 }]' },
    })
    await stage.receive(updated({ plan: 'pro' }), ordered)
    const reason = await explainMembership(stage.system.world, 'pro', await profileOf(stage))
    expect(reason).toMatchObject({
      isMember: false,
      explanation: {
        held: false,
        parts: [
          { line: 'her plan is pro', held: true, seen: 'pro' },
          { line: 'order.completed happened at least 2 times', held: false, seen: 1 },
        ],
      },
    })
  })
})

describe('more memberships than a commit has room for', () => {
  it('follow at once', async () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`buyers-${n}`, 'did: order.completed']))
    const stage = await aStage({ segments: many })
    await stage.receive(ordered)
    expect(await segmentsOf(stage)).toHaveLength(50)
    expect(await changesOf(stage)).toHaveLength(50)
  })
})
