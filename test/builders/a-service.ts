import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface SeenRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, unknown>>
  /** As JSON. */
  readonly body: Readonly<Record<string, unknown>>
}

/** `'hang-up'` breaks the connection after the request was read: nobody knows what became of it. */
export type Reply =
  | { readonly status: number; readonly headers?: Record<string, string>; readonly body: unknown }
  | 'hang-up'

/** An HTTP service on loopback that answers everything alike and remembers what it was asked. */
export class Service {
  readonly requests: SeenRequest[] = []
  readonly #server: Server
  reply: Reply

  constructor(reply: Reply) {
    this.reply = reply
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const { method = '', url: path = '', headers } = request
        this.requests.push({ method, path, headers, body: JSON.parse(Buffer.concat(chunks).toString() || '{}') })
        if (this.reply === 'hang-up') return request.socket.destroy()
        response.writeHead(this.reply.status, { 'content-type': 'application/json', ...this.reply.headers })
        return response.end(JSON.stringify(this.reply.body))
      })
    })
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    const { port } = this.#server.address() as AddressInfo
    return `http://127.0.0.1:${port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }
}

/** What every AWS client needs to talk to such a service. */
export function awsConfig(endpoint: string) {
  return {
    endpoint,
    region: 'eu-north-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  }
}
