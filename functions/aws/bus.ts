import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
  type PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge'
import { Unavailable } from '#shared/errors/errors.ts'
import { BUS_LIMITS, type Bus, type BusEvent, type PublishResult } from '#shared/world/bus.ts'
import { ATTEMPTS, backOff } from './back-off.ts'
import { faultOf, isBusy, isSdkError } from './fault.ts'

/** docs.aws.amazon.com/eventbridge, "PutEvents": entries of one request, which may hold 1 MB in all. */
const ENTRIES_PER_REQUEST = 10
const REQUEST_BYTES = 1024 * 1024
/** What a time counts for. */
const TIME_BYTES = 14

interface Entry {
  readonly position: number
  readonly request: PutEventsRequestEntry
  readonly bytes: number
}

type Results = Map<number, PublishResult>

/**
 * An EventBridge bus (classic).
 * `publish` throws Unavailable when it could put nothing on the bus; once something is on it, it answers for each event.
 */
export function eventBridgeBus({
  client,
  busName,
}: {
  readonly client: EventBridgeClient
  readonly busName: string
}): Bus {
  return {
    async publish(events) {
      const entries = events.map((event, position) => entryFor(event, position, busName))
      const results: Results = new Map()
      for (const { position } of entries.filter(isTooLarge)) results.set(position, TOO_LARGE)
      for (const chunk of chunksOf(entries.filter((entry) => !isTooLarge(entry)))) await put(client, chunk, results)
      const answers = events.map((_, position) => results.get(position) ?? BUSY)
      if (answers.includes(BUSY) && !answers.some(({ accepted }) => accepted))
        throw new Unavailable('aws.unavailable', 'EventBridge is busy; publish the events again later.')
      return answers
    },
  }
}

const TOO_LARGE: PublishResult = { accepted: false, reason: 'An event may have 1 MB; this one is larger.' }
const BUSY: PublishResult = { accepted: false, reason: 'EventBridge is busy; publish the event again later.' }

function entryFor({ source, detailType, detail, time }: BusEvent, position: number, busName: string): Entry {
  const Detail = JSON.stringify(detail)
  const Time = time === undefined ? {} : { Time: new Date(time) }
  const bytes = [source, detailType, Detail].reduce((sum, text) => sum + Buffer.byteLength(text), TIME_BYTES)
  return {
    position,
    bytes,
    request: { EventBusName: busName, Source: source, DetailType: detailType, Detail, ...Time },
  }
}

function isTooLarge({ bytes }: Entry): boolean {
  return bytes > BUS_LIMITS.eventBytes
}

function chunksOf(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const chunks: Entry[][] = []
  let room = 0
  for (const entry of entries) {
    const last = chunks.at(-1)
    if (last !== undefined && last.length < ENTRIES_PER_REQUEST && entry.bytes <= room) last.push(entry)
    else {
      chunks.push([entry])
      room = REQUEST_BYTES
    }
    room -= entry.bytes
  }
  return chunks
}

/** Entries without a result afterwards could not be put on the bus now. */
async function put(client: EventBridgeClient, entries: readonly Entry[], results: Results): Promise<void> {
  let open = entries
  for (let made = 0; made < ATTEMPTS && open.length > 0; made += 1) {
    if (made > 0) await backOff(made)
    const answers = await send(client, open)
    if (answers === 'invalid') return putOneByOne(client, open, results)
    for (const [at, { position }] of open.entries()) {
      const result = resultOf(answers[at])
      if (result !== undefined) results.set(position, result)
    }
    open = open.filter(({ position }) => !results.has(position))
  }
}

/** One event that EventBridge does not take must not keep the others out. */
async function putOneByOne(client: EventBridgeClient, entries: readonly Entry[], results: Results): Promise<void> {
  if (entries.length > 1) for (const entry of entries) await put(client, [entry], results)
  else for (const { position } of entries) results.set(position, refused('ValidationException'))
}

async function send(
  client: EventBridgeClient,
  entries: readonly Entry[],
): Promise<readonly PutEventsResultEntry[] | 'invalid'> {
  try {
    const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: entries.map(({ request }) => request) }))
    return Entries
  } catch (error) {
    if (isSdkError(error) && error.name === 'ValidationException') return 'invalid'
    const fault = faultOf(error, 'EventBridge')
    if (fault.name !== 'Unavailable') throw fault
    return []
  }
}

/** Undefined when it is worth another try. */
function resultOf({ EventId, ErrorCode }: PutEventsResultEntry = {}): PublishResult | undefined {
  if (EventId !== undefined) return { accepted: true, eventId: EventId }
  return ErrorCode === undefined || isBusy(ErrorCode) ? undefined : refused(ErrorCode)
}

function refused(code: string): PublishResult {
  return { accepted: false, reason: `EventBridge does not take this event (${code}).` }
}
