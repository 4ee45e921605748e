import type { AddressInfo } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import { Hono } from 'hono'
import { requireToken } from '#functions/kit/authorise.ts'
import { type HttpEnvironment, limitTo, nothingHere } from '#functions/kit/http-app.ts'
import { problem, problemResponse } from '#functions/kit/problem.ts'
import type { ReadFolder } from '#functions/publish-brand/read-folder.ts'
import { Misconfigured } from '#shared/errors/errors.ts'
import { api } from './api.ts'
import { guard } from './guard.ts'
import { clockRoutes } from './routes/clock.ts'
import { type ConsoleSettings, consoleFiles } from './routes/console.ts'
import { outboxRoutes } from './routes/outbox.ts'
import { putEvents } from './routes/put-events.ts'
import { tail } from './routes/tail.ts'
import type { System } from './system.ts'

export interface LocalServer {
  readonly port: number
  close(): Promise<void>
}

interface Serving {
  /** What stands at `/`. */
  readonly page: Hono
  /** Where brand folders that come in over HTTP are compiled; absent does it in this process. */
  readonly readFolder?: ReadFolder
  /** Where people sign in to the console; absent, it asks for the token. */
  readonly console?: ConsoleSettings
  /** Until this is true every request is told to come again; absent is ready at once. */
  readonly isReady?: () => boolean
}

/** The embedded system over HTTP: the API that is deployed, EventBridge's PutEvents, and what only exists here. */
function localApp(system: System, port: () => number, serving: Serving): Hono<HttpEnvironment> {
  const { page, console = {}, readFolder, isReady = () => true } = serving
  const app = new Hono<HttpEnvironment>()
  app.onError((error) => problem(error, system.world.log))
  app.notFound(nothingHere)
  app.use(guard(port))
  app.use(async (context, next) => {
    if (!isReady()) return problemResponse(503, 'server.starting', 'The system is starting; ask again in a moment.')
    context.set('world', system.world)
    return next()
  })
  app.post('/', limitTo(2, 'send the entries in several'), async (context, next) =>
    context.req.header('x-amz-target') === 'AWSEvents.PutEvents' ? putEvents(context) : next(),
  )
  app.use('/local/*', requireToken, limitTo(1, 'send less at once'))
  app.route('/local/clock', clockRoutes(system.clock))
  app.route('/local/outbox', outboxRoutes(system.outbox, system.world))
  app.get('/local/tail', tail(system.changes))
  app.route('/console', consoleFiles(console))
  app.route('/', page)
  app.route('/', api(system.world, readFolder))
  return app
}

/**
 * Listens on the loopback interface only. Port 0 takes a free one.
 * @throws Misconfigured when the port is taken.
 */
export async function listen(system: System, wanted: number, serving: Serving): Promise<LocalServer> {
  let port = wanted
  const app = localApp(system, () => port, serving)
  const server = await new Promise<ServerType>((resolve, reject) => {
    const listening = serve({ fetch: app.fetch, port: wanted, hostname: '127.0.0.1' }, () => resolve(listening))
    listening.on('error', (cause: NodeJS.ErrnoException) => reject(portError(cause, wanted)))
  })
  port = (server.address() as AddressInfo).port
  return { port, close: () => new Promise((resolve) => closeServer(server, resolve)) }
}

function closeServer(server: ServerType, done: () => void): void {
  server.close(() => done())
  if ('closeAllConnections' in server) server.closeAllConnections()
}

function portError(cause: NodeJS.ErrnoException, port: number): Error {
  if (cause.code !== 'EADDRINUSE') return cause
  return new Misconfigured(
    'server.port-taken',
    `Port ${port} is taken; choose another with "npm start -- --port ${port + 1}".`,
    { cause },
  )
}
