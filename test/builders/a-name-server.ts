import { createSocket, type Socket } from 'node:dgram'
import { promises as dns } from 'node:dns'

const TXT = 16
const A = 1
const NO_SUCH_NAME = 3
const REFUSED = 5

/** What names say: texts by name; a name with an address is there for `resolve4`, too. */
export interface Names {
  readonly texts?: Readonly<Record<string, readonly string[]>>
  readonly addresses?: Readonly<Record<string, string>>
  /** Refuses to answer. */
  readonly isSilent?: boolean
}

/** A name server on this machine (RFC 1035), as small as one can be, and a resolver that asks nobody else. */
export class NameServer {
  names: Names = {}
  readonly resolver = new dns.Resolver({ timeout: 1_000, tries: 1 })
  readonly #socket: Socket = createSocket('udp4')

  async listen(): Promise<this> {
    this.#socket.on('message', (query, { port, address }) => this.#socket.send(this.#answer(query), port, address))
    await new Promise<void>((resolve) => this.#socket.bind(0, '127.0.0.1', resolve))
    this.resolver.setServers([`127.0.0.1:${this.#socket.address().port}`])
    return this
  }

  close(): void {
    this.resolver.cancel()
    this.#socket.close()
  }

  #answer(query: Buffer): Buffer {
    const { name, type, end } = readQuestion(query)
    const records = this.#records(name, type)
    const header = Buffer.from(query.subarray(0, 12))
    const failure = this.names.isSilent === true ? REFUSED : NO_SUCH_NAME
    header.writeUInt16BE(0x8180 | (records.length === 0 ? failure : 0), 2)
    header.writeUInt16BE(records.length, 6)
    header.writeUInt16BE(0, 10)
    const answers = records.map((data) => {
      const head = Buffer.alloc(12)
      head.writeUInt16BE(0xc00c, 0) // the name asked for
      head.writeUInt16BE(type, 2)
      head.writeUInt16BE(1, 4)
      head.writeUInt16BE(data.length, 10)
      return Buffer.concat([head, data])
    })
    return Buffer.concat([header, query.subarray(12, end), ...answers])
  }

  #records(name: string, type: number): readonly Buffer[] {
    const address = this.names.addresses?.[name]
    if (type === A && address !== undefined) return [Buffer.from(address.split('.').map(Number))]
    if (type !== TXT) return []
    return (this.names.texts?.[name] ?? []).map((text) =>
      Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]),
    )
  }
}

function readQuestion(query: Buffer): { readonly name: string; readonly type: number; readonly end: number } {
  const labels: string[] = []
  let at = 12
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('ascii', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 }
}
