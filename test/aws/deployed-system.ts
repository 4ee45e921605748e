import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { catalog } from '#functions/catalog.ts'
import { manifest as countChanges } from '#functions/count-changes/manifest.ts'
import { manifest as receiveFeedback } from '#functions/receive-feedback/manifest.ts'
import { manifest as recordTouchpoints } from '#functions/record-touchpoints/manifest.ts'
import type { Call } from '#local/machines/position.ts'
import { System } from '#local/system.ts'
import type { Json } from '#shared/world/table.ts'
import { QUIET } from '#test/builders/a-system.ts'
import { AwsServer } from '#test/builders/an-aws-server.ts'
import { bundleFunctions } from '../../infra/bundle.ts'
import { makeTable } from './dynamodb-service.ts'
import { arnOf, ENVIRONMENT, REGION } from './installation.ts'
import { Lambda } from './lambda.ts'
import { messageServices } from './message-services.ts'
import { type Play, servicesOver } from './played-services.ts'
import { eventFor, functionFor } from './requests.ts'

const CREDENTIALS = { secretAccessKey: 'stage', sessionToken: 'a session' }

/** An event on a bus, for the function whose queue its rule puts it into. */
interface Queued {
  readonly queue: string
  readonly event: object
}

/**
 * All functions as they are deployed, each in an environment of its own of a played Lambda, around a played AWS: what
 * they hand to each other goes through the events of AWS, word by word as its documentation has them.
 */
export class DeployedSystem {
  readonly #folder: string
  readonly #table: Awaited<ReturnType<typeof makeTable>>
  readonly #server: AwsServer
  readonly #lambdas = new Map<string, Lambda>()
  #queued: Queued[] = []
  /** Its machines and its outbox are what Step Functions and the services of messages are played onto. */
  readonly system: System
  /** What machines had done so far, in order. */
  readonly tasks: Call[] = []

  private constructor(folder: string, table: Awaited<ReturnType<typeof makeTable>>) {
    this.#folder = folder
    this.#table = table
    this.system = new System({
      publicUrl: ENVIRONMENT.PUBLIC_URL,
      log: QUIET,
      aroundTask: (call) => {
        this.tasks.push(call)
        // What a function answers was JSON a moment before.
        return this.invoke(call.functionName, call.payload) as Promise<Json>
      },
    })
    this.system.startStepped()
    const services = this.#services()
    this.#server = new AwsServer({
      credentialsOf: () => CREDENTIALS,
      play: async (reading) => {
        const answer = await services[reading.service]?.(reading)
        if (answer === undefined) throw new Error(`Nobody plays ${reading.service}.`)
        return answer
      },
    })
  }

  /** @param dynamoDb where DynamoDB Local listens */
  static async deploy(dynamoDb: string): Promise<DeployedSystem> {
    const folder = await mkdtemp(join(tmpdir(), 'deployed-'))
    await bundleFunctions(folder)
    const deployed = new DeployedSystem(folder, await makeTable(dynamoDb, `lambda${randomUUID().replaceAll('-', '')}`))
    await deployed.#server.listen()
    for (const { name, timeoutSeconds } of catalog) {
      const environment = environmentOf(name, deployed.#server.url)
      deployed.#lambdas.set(name, new Lambda({ name, code: folder, timeoutSeconds, environment }))
    }
    return deployed
  }

  /** As Step Functions does, or whoever has a right to. @throws an error of the name that it has there */
  async invoke(name: string, event: unknown): Promise<unknown> {
    return this.#lambdaOf(name).invoke(event)
  }

  logOf(name: string): string {
    return this.#lambdaOf(name).log
  }

  /** Asks the HTTP API, which hands a body over as bytes unless it is text. */
  async request(method: string, path: string, body?: object | string) {
    const event = eventFor(method, path, body)
    const isForm = typeof body === 'string'
    const encoded = isForm ? { body: Buffer.from(body).toString('base64'), isBase64Encoded: true } : {}
    const answer = await this.invoke(functionFor(path).manifest.name, { ...event, ...encoded })
    return answer as { readonly statusCode: number; readonly body: string; readonly headers: Record<string, string> }
  }

  /** Goes on until nobody has anything left to do. */
  async settle(): Promise<void> {
    do {
      const queued = this.#queued
      this.#queued = []
      for (const { name } of [recordTouchpoints, receiveFeedback]) await this.#handOver(name, queued)
      await this.system.clock.advance(0)
    } while (this.#queued.length > 0)
    const records = (await this.#table.changes.newRecords(Date.now())).filter(({ dynamodb }) =>
      countChanges.trigger.sortKeys.some((prefix) => dynamodb?.Keys?.sk?.S?.startsWith(prefix)),
    )
    const eventSourceARN = arnOf('dynamodb', `table/${ENVIRONMENT.TABLE_NAME}/stream/2026-01-01T00:00:00.000`)
    if (records.length > 0)
      await this.invoke(countChanges.name, { Records: records.map((record) => ({ ...record, eventSourceARN })) })
  }

  async close(): Promise<void> {
    await Promise.all([...this.#lambdas.values()].map((lambda) => lambda.close()))
    await this.system.stop()
    await rm(this.#folder, { recursive: true })
    this.#server.close()
  }

  #lambdaOf(name: string): Lambda {
    const lambda = this.#lambdas.get(name)
    if (lambda === undefined) throw new Error(`There is no function ${name}.`)
    return lambda
  }

  #services(): Readonly<Record<string, Play>> {
    const embedded = () => this.system.world
    return {
      ...servicesOver(embedded),
      ...messageServices(embedded, (event) => this.#queued.push({ queue: receiveFeedback.name, event })),
      dynamodb: this.#table.service,
      events: async ({ call }) => {
        const entries: readonly Entry[] = call.body.Entries
        const events = entries.map(eventOf)
        this.#queued.push(...events.map((event) => ({ queue: recordTouchpoints.name, event })))
        return { FailedEntryCount: 0, Entries: events.map(({ id }) => ({ EventId: id })) }
      },
    }
  }

  async #handOver(queue: string, queued: readonly Queued[]): Promise<void> {
    const Records = queued.filter((one) => one.queue === queue).map(({ event }) => recordOf(queue, event))
    if (Records.length === 0) return
    expect(await this.invoke(queue, { Records })).toEqual({ batchItemFailures: [] })
  }
}

/** docs.aws.amazon.com/lambda, "Defined runtime environment variables"; the endpoint is all that differs. */
function environmentOf(name: string, endpoint: string): Readonly<Record<string, string>> {
  return {
    ...ENVIRONMENT,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: name,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_SESSION_TOKEN: CREDENTIALS.sessionToken,
    AWS_ENDPOINT_URL: endpoint,
  }
}

interface Entry {
  readonly Source: string
  readonly DetailType: string
  readonly Detail: string
  /** Epoch seconds. */
  readonly Time?: number
}

/** docs.aws.amazon.com/eventbridge, "AWS events structure". */
function eventOf({ Source, DetailType, Detail, Time = Date.now() / 1_000 }: Entry) {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': DetailType,
    source: Source,
    account: '123456789012',
    time: `${new Date(Time * 1_000).toISOString().slice(0, 19)}Z`,
    region: REGION,
    resources: [],
    detail: JSON.parse(Detail),
  }
}

/** docs.aws.amazon.com/lambda, "Using Lambda with Amazon SQS". */
function recordOf(queue: string, event: object) {
  return {
    messageId: randomUUID(),
    receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a',
    body: JSON.stringify(event),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: String(Date.now()),
      SenderId: 'AIDAIENQZJOLO23YVJ4VO',
      ApproximateFirstReceiveTimestamp: String(Date.now()),
    },
    messageAttributes: {},
    md5OfBody: 'e4e68fb7bd0e697a0ae8f1bb342846b3',
    eventSource: 'aws:sqs',
    eventSourceARN: arnOf('sqs', queue),
    awsRegion: REGION,
  }
}
