import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { messageOf } from '#shared/errors/errors.ts'
import { type AwsAnswer, type AwsRequest, type AwsService, readRequest } from './aws-request.ts'

/** All of AWS at one address of this machine: a request's signature says which service it is for, and who calls. */
export class AwsServer {
  readonly #server = createServer((request, response) => void this.#handle(request, response))
  readonly #services: Readonly<Record<string, AwsService>>
  readonly #saw: (request: AwsRequest, answer: AwsAnswer) => void

  constructor(services: Readonly<Record<string, AwsService>>, saw: (request: AwsRequest, answer: AwsAnswer) => void) {
    this.#services = services
    this.#saw = saw
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  async #handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await this.#answer(incoming).catch(unplayed)
    if (answer === 'hang-up') {
      incoming.socket.destroy()
      return
    }
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' })
    response.end(JSON.stringify(answer.body))
  }

  async #answer(incoming: IncomingMessage): Promise<AwsAnswer> {
    const request = await readRequest(incoming)
    const service = this.#services[request.service]
    if (service === undefined) throw new Error(`The stage does not play ${request.service}.`)
    const answer = await service(request)
    this.#saw(request, answer)
    return answer
  }
}

/** Not a status after which clients try again. */
function unplayed(error: unknown): Exclude<AwsAnswer, 'hang-up'> {
  return { status: 400, body: { __type: 'NotPlayed', message: messageOf(error) } }
}
