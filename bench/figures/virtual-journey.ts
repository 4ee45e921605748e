import { openBench } from '../stage.ts'

const JOURNEYS = 5_000
const DAY = 86_400_000

/** A journey of thirty days and eight steps in virtual time, on disk: milliseconds for each of 5,000. */
export async function virtualJourney(): Promise<Record<string, number>> {
  const start = Date.now()
  const bench = await openBench({ realNow: () => start })
  try {
    const { system } = bench
    for (let at = 0; at < JOURNEYS; at += 100)
      await bench.post(Array.from({ length: 100 }, (_, index) => began(at + index)))
    await system.activity.whenIdle()
    const started = performance.now()
    await system.clock.advance(0)
    await system.clock.advance(31 * DAY)
    const virtualJourneyMs = (performance.now() - started) / JOURNEYS
    const sent = system.outbox.count()
    if (sent !== 2 * JOURNEYS) throw new Error(`${sent} of ${2 * JOURNEYS} emails went out.`)
    return { virtualJourneyMs }
  } finally {
    await bench.close()
  }
}

function began(index: number): object {
  return {
    id: `began-${index}`,
    type: 'month.began',
    identifiers: { userId: `user-${index}`, email: `user-${index}@example.org` },
    traits: { plan: index % 2 === 0 ? 'pro' : 'free' },
    properties: { n: index },
  }
}
