import type { Hono } from 'hono'
import { handle } from 'hono/aws-lambda'
import type { World } from '#shared/world/world.ts'
import { chain, type Handler } from './chain.ts'
import type { Manifest, Trigger } from './manifest.ts'

/** What every route finds in its context. */
export interface HttpEnvironment {
  Variables: { world: World }
}

type LambdaEvent = Parameters<ReturnType<typeof handle>>[0]
type LambdaResult = Awaited<ReturnType<ReturnType<typeof handle>>>

/** A function that answers HTTP with a Hono app; the embedded server serves the same app. */
export function onHttp(
  manifest: Manifest<Extract<Trigger, { on: 'http' }>>,
  appOf: (world: World) => Hono<HttpEnvironment>,
): Handler<LambdaEvent, LambdaResult> {
  return chain(manifest, (event: LambdaEvent, world) => handle(appOf(world))(event))
}
