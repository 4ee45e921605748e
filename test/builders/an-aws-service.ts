import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A request as a service of AWS gets it. */
export interface AwsCall {
  readonly operation: string
  // biome-ignore lint/suspicious/noExplicitAny: JSON, of which each test looks at another place
  readonly body: any
}

/** What a service of AWS refuses with, or `lost`: it did the work, and its answer never arrives. */
export type AwsAnswer = object | AwsRefusal | 'lost'

export class AwsRefusal {
  readonly name: string
  readonly status: number
  readonly fields: object

  constructor(name: string, fields: object = {}, status = 400) {
    this.name = name
    this.fields = fields
    this.status = status
  }
}

/**
 * A server on this machine that plays a JSON service of AWS, for the real SDK clients: `config` is theirs.
 * `plays` says what it answers from then on, and forgets the calls before.
 */
export class AwsService {
  readonly calls: AwsCall[] = []
  readonly #server = createServer((request, response) => this.#answer(request, response))
  #play: (call: AwsCall, made: number) => AwsAnswer = () => ({})

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return this
  }

  get config() {
    return {
      endpoint: `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 2,
    }
  }

  plays(play: (call: AwsCall, made: number) => AwsAnswer): void {
    this.calls.length = 0
    this.#play = play
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? ''
    const call = { operation, body: JSON.parse(Buffer.concat(chunks).toString()) }
    this.calls.push(call)
    const answer = this.#play(call, this.calls.length)
    if (answer === 'lost') {
      request.socket.destroy()
      return
    }
    const refused = answer instanceof AwsRefusal
    response.writeHead(refused ? answer.status : 200, { 'content-type': 'application/x-amz-json-1.0' })
    response.end(
      JSON.stringify(refused ? { __type: answer.name, message: `${answer.name}.`, ...answer.fields } : answer),
    )
  }
}
