import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { handlerOf } from '../../infra/bundle.ts'

const BOOTSTRAP = join(import.meta.dirname, 'lambda-bootstrap.ts')

/** However its users go, it is over after so long (ms). */
const LONGEST = 120_000

/** What a function may answer, in bytes. */
const LARGEST = 6 * 1024 * 1024

export interface LambdaOptions {
  readonly name: string
  /** The folder of the bundle. */
  readonly code: string
  readonly timeoutSeconds: number
  readonly environment: Readonly<Record<string, string>>
}

interface Invocation {
  readonly event: unknown
  readonly answer: (error: Error | undefined, body: string) => void
}

/**
 * One environment of a function, in a process of its own that finds of us only the bundle: it asks this for events as it
 * asks Lambda, and stands still between them, as there.
 */
export class Lambda {
  readonly #options: LambdaOptions
  readonly #server = createServer((request, response) => void this.#handle(request, response))
  #process: ChildProcess | undefined
  #before: Promise<unknown> = Promise.resolve()
  #idle: ServerResponse | undefined
  #current: Invocation | undefined
  #said = ''

  constructor(options: LambdaOptions) {
    this.#options = options
  }

  /** One event at a time. @throws an error of the name that Step Functions would see. */
  invoke(event: unknown): Promise<unknown> {
    const turn = this.#before.then(() => this.#run(event))
    this.#before = turn.catch(() => {})
    return turn
  }

  async #run(event: unknown): Promise<unknown> {
    await this.#start()
    return new Promise((resolve, reject) => {
      const answer: Invocation['answer'] = (error, body) => {
        this.#current = undefined
        this.#process?.kill('SIGSTOP')
        if (error !== undefined) reject(error)
        else if (Buffer.byteLength(body) > LARGEST) reject(new Error('Lambda takes no answer of more than 6 MB.'))
        else resolve(JSON.parse(body))
      }
      this.#current = { event, answer }
      this.#process?.kill('SIGCONT')
      this.#handOver()
    })
  }

  /** What it wrote to its log. */
  get log(): string {
    return this.#said
  }

  async close(): Promise<void> {
    this.#server.close()
    this.#server.closeAllConnections()
    if (this.#process === undefined || this.#process.exitCode !== null) return
    const ended = once(this.#process, 'exit')
    this.#process.kill('SIGKILL')
    await ended
  }

  async #start(): Promise<void> {
    if (this.#process !== undefined) return
    // However long it stands still.
    this.#server.keepAliveTimeout = 0
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    const { name, code, environment } = this.#options
    const { port } = this.#server.address() as AddressInfo
    const started = spawn(process.execPath, [BOOTSTRAP], {
      cwd: code,
      timeout: LONGEST,
      killSignal: 'SIGKILL',
      // As docs.aws.amazon.com/lambda, "Defined runtime environment variables", says; nothing of ours is in it.
      env: {
        _HANDLER: handlerOf(name),
        AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
        AWS_LAMBDA_FUNCTION_NAME: `${environment.STACK}-${name}`,
        AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
        LAMBDA_TASK_ROOT: code,
        TZ: ':UTC',
        ...environment,
        NODE_OPTIONS: '--enable-source-maps',
      },
    })
    for (const stream of [started.stdout, started.stderr]) stream?.on('data', (text) => (this.#said += String(text)))
    started.once('exit', () => this.#current?.answer(named('Runtime.ExitError', this.#said), ''))
    this.#process = started
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url?.endsWith('/next')) {
      this.#idle = response
      this.#handOver()
      return
    }
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString()
    // Answered first, so that the process stands still where Lambda lets it: while it asks for the next event.
    response.writeHead(202).end('{}')
    const isAnswer = request.url?.endsWith('/response') === true
    const { errorType, errorMessage } = isAnswer ? {} : JSON.parse(body)
    const settle = this.#current?.answer
    if (settle !== undefined) setImmediate(() => settle(isAnswer ? undefined : named(errorType, errorMessage), body))
  }

  #handOver(): void {
    if (this.#idle === undefined || this.#current === undefined) return
    const deadline = Date.now() + this.#options.timeoutSeconds * 1_000
    this.#idle.writeHead(200, { 'lambda-runtime-aws-request-id': 'r1', 'lambda-runtime-deadline-ms': String(deadline) })
    this.#idle.end(JSON.stringify(this.#current.event))
    this.#idle = undefined
  }
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name })
}
