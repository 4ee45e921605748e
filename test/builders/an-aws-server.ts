import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { messageOf } from '#shared/errors/errors.ts'
import { problemsOf } from '../contracts/aws/check-shape.ts'
import type { ServiceModel } from '../contracts/aws/model.ts'
import { type AwsCall, type Reading, readRequest } from '../contracts/aws/read-request.ts'
import type { CredentialsOf } from '../contracts/aws/signature.ts'

/**
 * What a service of AWS answers: its output, a refusal, other bytes than it should, or nothing. `lost`: it did the work
 * and the connection breaks; `silent`: it did the work and nobody ever hears of it.
 */
export type AwsAnswer = object | AwsRefusal | RawAnswer | 'lost' | 'silent'

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

/** As something between us and the service would answer, or the service itself in its own words. */
export class RawAnswer {
  readonly status: number
  readonly text: string

  constructor(status: number, text: string) {
    this.status = status
    this.text = text
  }
}

interface Playing {
  /** What is answered to a request of so many bytes. What it throws is told when the server is closed. */
  readonly play: (reading: Reading, bytes: number) => AwsAnswer | Promise<AwsAnswer>
  readonly credentialsOf: CredentialsOf
}

/**
 * A server on this machine that plays the JSON services of AWS, for the real SDK clients. Every request is read as the
 * service itself would: its signature, its shape and limits by the service's model, and what the documentation says
 * besides; and what is answered is held against the model, too.
 */
export class AwsServer {
  readonly #server = createServer((request, response) => void this.#handle(request, response))
  readonly #playing: Playing
  readonly #broken = new Set<string>()

  constructor(playing: Playing) {
    this.#playing = playing
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** @throws when a request or an answer was none that the real service would take or give. */
  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
    if (this.#broken.size > 0) throw new Error(`That is not how the service works:\n${[...this.#broken].join('\n')}`)
  }

  /** What was wrong so far; told once. */
  takeBroken(): readonly string[] {
    const broken = [...this.#broken]
    this.#broken.clear()
    return broken
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const { method = '', url: path = '', headers } = request
    const reading = readRequest({ method, path, headers, body }, this.#playing.credentialsOf)
    const answer = await this.#answer(reading, body.length)
    for (const problem of [...reading.problems, ...problemsOfAnswer(reading, answer)]) this.#broken.add(problem)
    if (answer === 'silent') return
    if (answer === 'lost') {
      request.socket.destroy()
      return
    }
    const { status, type = '', text } = wireOf(reading, answer)
    response.writeHead(status, { 'content-type': 'application/json', ...(type && { 'x-amzn-errortype': type }) })
    response.end(text)
  }

  async #answer(reading: Reading, bytes: number): Promise<AwsAnswer> {
    try {
      return await this.#playing.play(reading, bytes)
    } catch (error) {
      this.#broken.add(`${reading.call.operation}: ${messageOf(error)}`)
      // Not a status after which clients try again.
      return new AwsRefusal('NotPlayed')
    }
  }
}

function wireOf(
  { call, model }: Reading,
  answer: object,
): { readonly status: number; readonly type?: string; readonly text: string } {
  if (answer instanceof RawAnswer) return answer
  if (answer instanceof AwsRefusal) {
    const { name, status, fields } = answer
    return { status, type: name, text: JSON.stringify({ __type: name, message: `${name}.`, ...fields }) }
  }
  const payload = outputOf(model, call)?.shape.payload
  // The output's keys are those of its shape.
  const body = payload === undefined ? answer : (answer as Readonly<Record<string, unknown>>)[payload]
  return { status: 200, text: JSON.stringify(body) }
}

/** A test that plays what no service answers proves nothing. */
function problemsOfAnswer({ call, model }: Reading, answer: AwsAnswer): readonly string[] {
  const output = outputOf(model, call)
  const isOutput = typeof answer === 'object' && !(answer instanceof AwsRefusal || answer instanceof RawAnswer)
  if (output === undefined || model === undefined || !isOutput) return []
  return problemsOf({ model, whole: false }, output.name, answer, `the answer to ${call.operation}`)
}

function outputOf(model: ServiceModel | undefined, { operation }: AwsCall) {
  const name = model?.operations[operation]?.output?.shape
  const shape = name === undefined ? undefined : model?.shapes[name]
  return name === undefined || shape === undefined ? undefined : { name, shape }
}
