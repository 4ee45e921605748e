import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What an account answers to an operation; a text is its error. */
export type Answers = Readonly<Record<string, object | string>>

interface Asking {
  readonly operation: string
  readonly input: unknown
}

/**
 * A server on this machine that plays those services of an AWS account which are asked about it, for the real SDK
 * clients. Operations are known by their names, those of REST services by `GET /path`.
 */
export class AwsAccount {
  answers: Answers = {}
  readonly asked: string[] = []
  readonly #server = createServer((request, response) => this.#answer(request, response))

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return this
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** For SDK clients. */
  get access() {
    return {
      endpoint: this.url,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    }
  }

  /** For commands. */
  get environment() {
    return {
      AWS_ENDPOINT_URL: this.url,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    }
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { operation, input } = readAsking(request, Buffer.concat(chunks).toString())
    this.asked.push(operation)
    const named = `${operation} ${Object.values(input ?? {}).join(' ')}`.trim()
    const answer = this.answers[named] ?? this.answers[operation] ?? 'AccessDeniedException'
    const isXml = request.headers['content-type'] === 'application/x-www-form-urlencoded'
    if (isXml) sayXml(response, operation, answer)
    else sayJson(response, answer)
  }
}

function readAsking({ method, url = '', headers }: IncomingMessage, body: string): Asking {
  const target = headers['x-amz-target']
  if (target !== undefined)
    return { operation: String(target).split('.').at(-1) ?? '', input: JSON.parse(body || '{}') }
  if (headers['content-type'] !== 'application/x-www-form-urlencoded')
    return { operation: `${method} ${decodeURIComponent(url)}`, input: {} }
  const { Action = '', Version: _, ...input } = Object.fromEntries(new URLSearchParams(body))
  return { operation: Action, input }
}

function sayJson(response: ServerResponse, answer: object | string): void {
  const refused = typeof answer === 'string'
  const status = refused ? 400 : 200
  response.writeHead(status, {
    'content-type': 'application/json',
    ...(refused && { 'x-amzn-errortype': answer }),
  })
  response.end(JSON.stringify(refused ? { __type: answer, message: `${answer}.` } : answer))
}

/** The query protocol of CloudFormation and STS. */
function sayXml(response: ServerResponse, operation: string, answer: object | string): void {
  response.writeHead(typeof answer === 'string' ? 400 : 200, { 'content-type': 'text/xml' })
  if (typeof answer !== 'string') {
    const result = `${operation}Result`
    response.end(xml(`${operation}Response`, { [result]: answer }))
  } else {
    const [code = '', message = code] = answer.split(': ')
    response.end(xml('ErrorResponse', { Error: { Type: 'Sender', Code: code, Message: message } }))
  }
}

function xml(name: string, value: unknown): string {
  const inside = Array.isArray(value)
    ? value.map((one) => xml('member', one)).join('')
    : typeof value === 'object' && value !== null
      ? Object.entries(value)
          .map(([key, one]) => xml(key, one))
          .join('')
      : String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return `<${name}>${inside}</${name}>`
}
