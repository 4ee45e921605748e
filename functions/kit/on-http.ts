import { handle } from 'hono/aws-lambda'
import type { World } from '#shared/world/world.ts'
import { chain, type Handler } from './chain.ts'
import { httpApp, type Routes } from './http-app.ts'
import type { Manifest, Trigger } from './manifest.ts'

type LambdaEvent = Parameters<ReturnType<typeof handle>>[0]
type LambdaResult = Awaited<ReturnType<ReturnType<typeof handle>>>

/** A function that answers HTTP with its routes; the embedded server serves the same ones. */
export function onHttp(
  manifest: Manifest<Extract<Trigger, { on: 'http' }>>,
  routes: Routes,
): Handler<LambdaEvent, LambdaResult> {
  const apps = new WeakMap<World, ReturnType<typeof handle>>()
  return chain(manifest, (event: LambdaEvent, world) => {
    const app = apps.get(world) ?? handle(httpApp(world, routes))
    apps.set(world, app)
    return app('rawPath' in event ? { ...event, rawPath: encodedPath(event.rawPath) } : event)
  })
}

/**
 * An HTTP API hands the path over decoded, once. What would be read as something else in a URL is encoded again; which
 * of the slashes were encoded nobody knows any more.
 */
function encodedPath(rawPath: string): string {
  return rawPath.replace(/[?#]|%(?![0-9a-f]{2})/gi, encodeURIComponent)
}
