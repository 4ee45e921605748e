import { describe, expect, it } from 'vitest'
import { aStage, START } from '#test/builders/a-system.ts'
import { beginJob, jobKey } from '../../jobs/job.ts'
import { putStart } from '../../journeys/entries/start-row.ts'
import type { Write } from '../../world/table.ts'
import { sweepDue } from './sweep-due.ts'

/** A job that resumes a journey ends at once; one of no kind that we know cannot be worked. */
const job = (kind: string, name: string): readonly Write[] =>
  beginJob({ kind, name, input: { journey: 'news' }, shards: 8, dueAt: START })

describe('a sweep', () => {
  it('attends to what has fallen due, also when there is no time left for jobs', async () => {
    const { system } = await aStage()
    const { table } = system.world
    await table.write([...job('resume', 'one'), putStart('ada', 'gone', '2026-03-10', START)])
    expect(await sweepDue(system.world, START)).toEqual({ more: true })
    expect(await table.get({ pk: 'C#ada', sk: 'S#gone#2026-03-10' })).toBeUndefined()
    // One page at least, so that jobs come to their end.
    const rows = await Promise.all(
      [0, 1, 2, 3, 4, 5, 6, 7].map((shard) => table.get(jobKey({ kind: 'resume', name: 'one' }, shard))),
    )
    expect(rows.filter((row) => row?.state === 'done' || row?.cursor !== undefined)).toHaveLength(1)
  })

  it('puts off what fails, and does the rest', async () => {
    const { system } = await aStage()
    const { table } = system.world
    await table.write([...job('unknown', 'one'), ...job('resume', 'two')])
    await sweepDue(system.world, START + 1)
    const failed = await table.get(jobKey({ kind: 'unknown', name: 'one' }, 0))
    expect(failed?.isk).toBe(new Date(START + 60_000).toISOString())
    expect((await table.get(jobKey({ kind: 'resume', name: 'two' }, 7)))?.page).toBeGreaterThan(0)
    expect(await sweepDue(system.world, START + 1)).toEqual({ more: false })
  })
})

describe('the embedded sweeper', () => {
  it('goes on with jobs in turns, and lets everything else happen in between', async () => {
    const journeys = {
      late: 'journey: late\npurpose: service\nenter: { when: order.started }\nsteps: [{ wait: 1 hour }, { send: hello }]\n',
      news: 'journey: news\npurpose: service\nenter: { once: "2026-03-10 12:00", segment: all }\nsteps: [{ send: news }]\n',
    }
    const { receive, advance, messages } = await aStage({
      journeys,
      segments: { all: '{ trait: plan, is: pro }' },
      messages: ['hello', 'news'],
      forms: ['sms'],
    })
    await receive(
      ...Array.from({ length: 90 }, (_, n) => ({
        type: 'customer.signed-up',
        identifiers: { phone: `+45201${10_000 + n}` },
        traits: { plan: 'pro' },
      })),
    )
    await receive({ type: 'order.started', identifiers: { phone: '+4520110000' } })
    await advance('1 hour')
    const texts = messages().map(({ content }) => String(content.text).trim())
    expect(texts.filter((text) => text === 'news')).toHaveLength(90)
    expect(texts).toContain('hello')
  })
})
