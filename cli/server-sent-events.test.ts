import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readServerSentEvents, type ServerSentEvent } from './server-sent-events.ts'

async function read(...chunks: readonly Uint8Array[]): Promise<readonly ServerSentEvent[]> {
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield* chunks
  }
  const events: ServerSentEvent[] = []
  for await (const event of readServerSentEvents(bytes())) events.push(event)
  return events
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('readServerSentEvents', () => {
  it('reads an event with its name', async () => {
    expect(await read(encode('event: touchpoint\ndata: {"a":1}\n\n'))).toEqual([
      { event: 'touchpoint', data: '{"a":1}' },
    ])
  })

  it('calls an event without a name a message, and joins its lines', async () => {
    expect(await read(encode('data: one\ndata:two\nid: 7\n\n'))).toEqual([{ event: 'message', data: 'one\ntwo' }])
  })

  it('passes over comments and over blocks without data', async () => {
    expect(await read(encode(': still here\n\nevent: ping\n\ndata: x\n\n'))).toEqual([{ event: 'message', data: 'x' }])
  })

  it('leaves out what was not finished', async () => {
    expect(await read(encode('data: whole\n\ndata: half'))).toEqual([{ event: 'message', data: 'whole' }])
  })

  it('reads the same however the bytes were cut', async () => {
    const bytes = encode('event: touchpoint\r\ndata: {"name":"Åsa ☕"}\r\n\r\n: ping\r\n\r\ndata: 2\r\n\r\n')
    const whole = await read(bytes)
    expect(whole).toHaveLength(2)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 6 }), async (places) => {
        const cuts = [0, ...places.sort((a, b) => a - b), bytes.length]
        const chunks = cuts.slice(1).map((end, index) => bytes.slice(cuts[index], end))
        expect(await read(...chunks)).toEqual(whole)
      }),
    )
  })
})
