import { randomUUID } from 'node:crypto'
import { makeWorld } from '#functions/aws/world.ts'
import { catalog } from '#functions/catalog.ts'
import { type Manifest, PERMISSIONS } from '#functions/kit/manifest.ts'
import type { System, SystemOptions } from '#local/system.ts'
import { tellingDue } from '#local/telling-due.ts'
import type { HttpAnswer } from '#shared/world/http.ts'
import type { World } from '#shared/world/world.ts'
import { AwsServer } from '#test/builders/an-aws-server.ts'
import { DueSweeps } from '../dynamodb/due-sweeps.ts'
import { makeTable } from './dynamodb-service.ts'
import { FeedbackQueue } from './feedback-queue.ts'
import { ENVIRONMENT, REGION } from './installation.ts'
import { messageServices } from './message-services.ts'
import { type Embedded, type Play, servicesOver } from './played-services.ts'
import { type RecordedCall, recordedCall } from './recorded-call.ts'
import { TableStream } from './table-stream.ts'

/** Who signs what is done from outside of the system, with its own `world`. */
export const OUTSIDE = 'outside'

/** Whoever signs says by the access key id which function it is; all have the same secret. */
const SECRET = 'stage'

const CALLERS = [...catalog, { name: OUTSIDE, may: PERMISSIONS }]

/** AWS for one embedded system, which is to be made with `wrapWorld` and `worldOf`. */
export interface Aws {
  readonly wrapWorld: NonNullable<SystemOptions['wrapWorld']>
  readonly worldOf: NonNullable<SystemOptions['worldOf']>
  /** To be called before the clock moves: from then on what falls due, changes and is reported is attended to. */
  join(system: System): void
  /** Every request so far, in order. */
  readonly calls: RecordedCall[]
  /** Every run of a function so far, by its name in the catalog, in order. */
  readonly runs: string[]
  /** How many changes of the table its follower was told of so far. */
  changes(): number
  /** Its follower is told of all changes once more. */
  changesComeAgain(): void
  /** A service of AWS says something about our messages. */
  tellDefaultBus(event: object): void
  /** @throws when something was asked or answered that AWS would not have taken or given. */
  close(): void
}

/**
 * Every function has doors of its own, with the adapters that are deployed, to a server that plays AWS on this machine.
 * Rows are in DynamoDB Local; queues, machines and providers are the embedded ones, behind what plays EventBridge, Step
 * Functions, SES and End User Messaging. Every request and every answer is held against AWS's own models.
 * @param dynamoDb where DynamoDB Local listens
 */
export async function anAws(dynamoDb: string): Promise<Aws> {
  const { service: dynamodb, changes } = await makeTable(dynamoDb, `stage${randomUUID().replaceAll('-', '')}`)
  const stream = new TableStream(changes)
  const feedback = new FeedbackQueue()
  const sweeps = new DueSweeps()
  let made: World | undefined
  const embedded = (): World => {
    if (made === undefined) throw new Error('The system is made with wrapWorld.')
    return made
  }
  const calls: RecordedCall[] = []
  const runs: string[] = []
  const tellDefaultBus = (event: object): void => feedback.tell(event, embedded().clock.now())
  const messages = messageServices(embedded, tellDefaultBus)
  const services: Readonly<Record<string, Play>> = { dynamodb, ...servicesOver(embedded), ...messages }
  const server = new AwsServer({
    credentialsOf: () => ({ secretAccessKey: SECRET }),
    play: async (reading, bytes) => {
      const answer = await services[reading.service]?.(reading)
      if (answer === undefined) throw new Error(`The stage does not play ${reading.service}.`)
      const call = recordedCall(reading, answer, bytes)
      calls.push(call)
      if ((call.units?.write ?? 0) > 0) stream.written()
      return answer
    },
  })
  await server.listen()
  const worldFor = worldsAt(server.url, embedded)
  const entries = await Promise.all(CALLERS.map(async (caller) => [caller.name, await worldFor(caller)] as const))
  const worlds = new Map(entries)
  const open = (name: string): World => {
    const world = worlds.get(name)
    if (world === undefined) throw new Error(`There is no function ${name}.`)
    return { ...world, log: embedded().log, table: tellingDue(world.table, (at) => sweeps.expect(at)) }
  }
  const opened = new Map<string, World>()
  return {
    calls,
    runs,
    changes: () => stream.handedOver,
    changesComeAgain: () => stream.again(),
    tellDefaultBus,
    wrapWorld: (world) => {
      made = world
      return open(OUTSIDE)
    },
    worldOf: (functionName) => {
      runs.push(functionName)
      const world = opened.get(functionName) ?? open(functionName)
      opened.set(functionName, world)
      return world
    },
    join: (system) => {
      for (const sleeper of [stream, feedback, sweeps]) sleeper.join(system)
    },
    close: () => server.close(),
  }
}

/** Makes the world as a function makes it on AWS, but for what is around it. */
function worldsAt(endpoint: string, embedded: Embedded) {
  const http: World['http'] = {
    request: async (request) => (isHere(request.url) ? embedded().http.request(request) : PUSHED),
  }
  const clock: World['clock'] = { now: () => embedded().clock.now() }
  return ({ name, may }: Pick<Manifest, 'name' | 'may'>): Promise<World> => {
    const credentials = { accessKeyId: name, secretAccessKey: SECRET }
    return makeWorld(may, ENVIRONMENT, { http, clock, account: { endpoint, region: REGION, credentials } })
  }
}

/** What Google and the push services of browsers say to everything: the stage reaches nobody outside of this machine. */
const PUSHED: HttpAnswer = {
  outcome: 'answered',
  status: 200,
  body: JSON.stringify({ access_token: 'token', expires_in: 3_600, name: 'messages/1' }),
}

function isHere(url: string): boolean {
  return new URL(url).hostname === '127.0.0.1'
}
