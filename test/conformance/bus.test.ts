import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sortableIds } from '#functions/kit/sortable-ids.ts'
import { Activity } from '#local/activity.ts'
import { LocalClock } from '#local/clock.ts'
import { Database } from '#local/database.ts'
import { LocalQueues } from '#local/queues.ts'
import { QUIET, START } from '#test/builders/a-system.ts'
import { busConformance } from './bus-suite.ts'
import { deliveryConformance, type GiveUp, type Handle } from './delivery-suite.ts'

busConformance('LocalQueues', async () => {
  const { queues, database } = openQueues(
    ':memory:',
    async () => [],
    async () => {},
  )
  return { bus: queues, close: () => database.close() }
})

deliveryConformance('LocalQueues', async (handle, giveUp) => {
  const folder = mkdtempSync(join(tmpdir(), 'queues-'))
  const open = (offset: number) => openQueues(join(folder, 'queues.db'), handle, giveUp, offset)
  let opened = open(0)
  return {
    bus: { publish: (events) => opened.queues.publish(events) },
    advance: (milliseconds) => opened.clock.advance(milliseconds),
    reopen: async () => {
      opened.database.close()
      opened = open(opened.clock.offset)
    },
    close: async () => {
      opened.database.close()
      rmSync(folder, { recursive: true })
    },
  }
})

function openQueues(path: string, handle: Handle, giveUp: GiveUp, offset = 0) {
  const database = new Database(path)
  const activity = new Activity()
  const clock = new LocalClock({ activity, realNow: () => START, offset })
  const nextId = sortableIds(() => clock.now()).next
  const queues = new LocalQueues({ database, clock, activity, log: QUIET, nextId })
  queues.consume({
    queue: 'record-touchpoints',
    batchSize: 10,
    handle: ({ Records }) =>
      handle(
        Records.map(({ messageId, body, attributes }) => ({
          messageId,
          body: JSON.parse(body),
          sentAt: Number(attributes.SentTimestamp),
        })),
      ),
    giveUp: ({ body }, reason) => giveUp({ body: JSON.parse(body), reason }),
  })
  clock.add(queues)
  return { queues, clock, database }
}
