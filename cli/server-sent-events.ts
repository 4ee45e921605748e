export interface ServerSentEvent {
  readonly event: string
  readonly data: string
}

/** The events of a stream as the HTML standard writes them, however its bytes were cut on the way. */
export async function* readServerSentEvents(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of bytes) {
    rest += decoder.decode(chunk, { stream: true })
    const blocks = rest.split(/\r?\n\r?\n/)
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const event = readBlock(block)
      if (event !== undefined) yield event
    }
  }
}

/** @returns undefined for a block without data: a comment that keeps the connection open. */
function readBlock(block: string): ServerSentEvent | undefined {
  const fields = block.split(/\r?\n/).map((line) => /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? [])
  const valuesOf = (name: string): readonly string[] =>
    fields.flatMap(([, field, value = '']) => (field === name ? [value] : []))
  const data = valuesOf('data')
  return data.length === 0 ? undefined : { event: valuesOf('event').at(-1) ?? 'message', data: data.join('\n') }
}
