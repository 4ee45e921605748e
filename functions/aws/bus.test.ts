import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { afterAll, describe, expect, it } from 'vitest'
import { type AwsAnswer, AwsRefusal } from '#test/builders/an-aws-server.ts'
import { AwsService } from '#test/builders/an-aws-service.ts'
import type { AwsCall } from '#test/contracts/aws/read-request.ts'
import { eventBridgeBus } from './bus.ts'

const service = await new AwsService().listen()
const bus = eventBridgeBus({ client: new EventBridgeClient(service.config), busName: 'throughline-kaffi' })
afterAll(() => service.close())

function anEvent(detail: Record<string, unknown> = { id: 'e1' }) {
  return { source: 'app', detailType: 'order.completed', detail }
}

function events(count: number) {
  return Array.from({ length: count }, (_, at) => anEvent({ id: `e${at}` }))
}

/** Takes every entry that `refuse` has no error code for; its id is that of the event. */
function taking(refuse: (id: string, made: number) => string | undefined = () => undefined) {
  return ({ body }: AwsCall, made: number): AwsAnswer => ({
    Entries: body.Entries.map(({ Detail }: { Detail: string }) => {
      const { id } = JSON.parse(Detail)
      const ErrorCode = refuse(id, made)
      return ErrorCode === undefined ? { EventId: id } : { ErrorCode, ErrorMessage: 'No.' }
    }),
  })
}

describe('eventBridgeBus', () => {
  it('puts an event on its bus', async () => {
    service.plays(taking())
    const time = Date.UTC(2026, 10, 21, 12)
    expect(await bus.publish([{ ...anEvent(), time }])).toEqual([{ accepted: true, eventId: 'e1' }])
    const Entries = [
      {
        EventBusName: 'throughline-kaffi',
        Source: 'app',
        DetailType: 'order.completed',
        Detail: '{"id":"e1"}',
        Time: time / 1_000,
      },
    ]
    expect(service.calls).toEqual([{ operation: 'PutEvents', body: { Entries } }])
  })

  it('sends ten events at a time and answers in their order', async () => {
    service.plays(taking())
    const results = await bus.publish(events(23))
    expect(results).toEqual(events(23).map(({ detail }) => ({ accepted: true, eventId: detail.id })))
    expect(service.calls.map(({ body }) => body.Entries.length)).toEqual([10, 10, 3])
  })

  it('sends less than 1 MB at a time', async () => {
    service.plays(taking())
    await bus.publish(events(3).map((event) => ({ ...event, detail: { ...event.detail, text: 'x'.repeat(600_000) } })))
    expect(service.calls.map(({ body }) => body.Entries.length)).toEqual([1, 1, 1])
  })

  it('refuses an event above 1 MB, and takes the others', async () => {
    service.plays(taking())
    const results = await bus.publish([anEvent({ id: 'big', text: 'x'.repeat(1024 * 1024) }), anEvent()])
    expect(results.map(({ accepted }) => accepted)).toEqual([false, true])
    expect(service.calls).toHaveLength(1)
  })

  it('sends only those again that EventBridge was too busy for', async () => {
    service.plays(taking((id, made) => (id === 'e1' && made < 3 ? 'ThrottlingException' : undefined)))
    const results = await bus.publish(events(3))
    expect(results.every(({ accepted }) => accepted)).toBe(true)
    expect(service.calls.map(({ body }) => body.Entries.length)).toEqual([3, 1, 1])
  })

  it('does not send again what EventBridge refuses for good', async () => {
    service.plays(taking((id) => (id === 'e1' ? 'MalformedDetail' : undefined)))
    const [, refused] = await bus.publish(events(2))
    expect(refused).toEqual({ accepted: false, reason: 'EventBridge does not take this event (MalformedDetail).' })
    expect(service.calls).toHaveLength(1)
  })

  it('does not let one impossible event keep the others out', async () => {
    const take = taking()
    service.plays((call, made) => {
      const isBad = call.body.Entries.some(({ Detail }: { Detail: string }) => Detail.includes('e1'))
      return isBad ? new AwsRefusal('ValidationException') : take(call, made)
    })
    const results = await bus.publish(events(3))
    expect(results.map(({ accepted }) => accepted)).toEqual([true, false, true])
  })

  it('answers for each event when some are on the bus and the others could not be put there', async () => {
    service.plays(taking((id) => (id === 'e1' ? 'InternalFailure' : undefined)))
    const results = await bus.publish(events(2))
    expect(results.map(({ accepted }) => accepted)).toEqual([true, false])
  })

  it.each<[string, AwsAnswer, string]>([
    ['no event could be put on the bus', new AwsRefusal('InternalException', {}, 500), 'Unavailable'],
    ['the role may not', new AwsRefusal('AccessDeniedException'), 'Misconfigured'],
  ])('throws when %s', async (_, answer, name) => {
    service.plays(() => answer)
    await expect(bus.publish(events(1))).rejects.toMatchObject({ name })
  })

  it('asks nothing for no events', async () => {
    service.plays(taking())
    expect(await bus.publish([])).toEqual([])
    expect(service.calls).toEqual([])
  })
})
