import { readBrandFolder } from '#shared/journeys/folder/brand-folder.ts'
import { publishBrandFolder } from '#shared/journeys/versions/publish.ts'
import { JOURNEYS } from '../journeys.ts'
import { eventsPerSecond } from '../run-load.ts'
import { type Bench, openBench } from '../stage.ts'

/** A run while others work may be a small one. */
const CUSTOMERS = Number(process.env.BROADCAST_CUSTOMERS ?? 100_000)

const DAY = 86_400_000
const MB = 1024 * 1024

/** One email to every member of a segment: how many a second, and how much more memory than before. */
export async function broadcast(): Promise<Record<string, number>> {
  const bench = await openBench()
  try {
    await publishBroadcast(bench)
    for (let at = 0; at < CUSTOMERS; at += BATCH) await eventsPerSecond(bench, newMembers(at, BATCH))
    const before = process.memoryUsage().rss
    let peak = before
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss)
    }, 100)
    const started = performance.now()
    await bench.system.clock.advance(2 * DAY)
    const seconds = (performance.now() - started) / 1_000
    clearInterval(watch)
    const sent = bench.system.outbox.count()
    if (sent !== CUSTOMERS) throw new Error(`${sent} of ${CUSTOMERS} emails went out.`)
    return { broadcastPerSecond: CUSTOMERS / seconds, broadcastMemoryMb: (peak - before) / MB }
  } finally {
    await bench.close()
  }
}

const BATCH = 5_000

async function publishBroadcast({ system }: Bench): Promise<void> {
  const tomorrow = new Date(system.clock.now() + DAY).toISOString().slice(0, 10)
  const reading = await readBrandFolder({
    ...JOURNEYS,
    'messages/news/email.en.mjml':
      JOURNEYS['messages/hello/email.en.mjml']?.replaceAll('{{ entry.order_id }}', 'of the week') ?? '',
    'segments/all.yaml': 'segment: all\nif: { trait: plan, is: pro }\n',
    'journeys/news.yaml': `
journey: news
purpose: offers
enter: { once: "${tomorrow} 12:00", segment: all }
steps: [{ send: news }]
`,
  })
  if (!reading.ok) throw new Error(JSON.stringify(reading.problems))
  await publishBrandFolder(system.world, reading.folder)
}

function newMembers(from: number, count: number): readonly object[] {
  return Array.from({ length: Math.min(count, CUSTOMERS - from) }, (_, index) => ({
    id: `joined-${from + index}`,
    type: 'customer.signed-up',
    identifiers: { userId: `member-${from + index}`, email: `member-${from + index}@example.org` },
    traits: { firstName: 'Ada', plan: 'pro', locale: 'en' },
    consent: { offers: { email: true } },
  }))
}
