import { handler as collectEvents } from '#functions/collect-events/handler.ts'
import { manifest as collectManifest } from '#functions/collect-events/manifest.ts'
import { handler as publishBrand } from '#functions/publish-brand/handler.ts'
import { manifest as publishManifest } from '#functions/publish-brand/manifest.ts'
import { handler as serveApi } from '#functions/serve-api/handler.ts'
import { manifest as apiManifest } from '#functions/serve-api/manifest.ts'
import { handler as serveLinks } from '#functions/serve-links/handler.ts'
import { manifest as linksManifest } from '#functions/serve-links/manifest.ts'
import type { System } from '#local/system.ts'
import { ENVIRONMENT } from './installation.ts'
import { secretOf } from './stage-secrets.ts'

const FUNCTIONS = [
  { manifest: collectManifest, handler: collectEvents },
  { manifest: publishManifest, handler: publishBrand },
  { manifest: apiManifest, handler: serveApi },
  { manifest: linksManifest, handler: serveLinks },
]

export interface Answer {
  readonly status: number
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: JSON, of which each test looks at another place
  readonly json: () => any
}

/** Asks the HTTP API as API Gateway does: the function whose path fits best answers. The token is sent along. */
export async function request(system: System, method: string, path: string, body?: object | string): Promise<Answer> {
  const { manifest, handler } = functionFor(path)
  const answer = await handler(eventFor(method, path, body), system.contextOf(manifest.name))
  await system.activity.whenIdle()
  const { statusCode = 200, body: text = '' } = answer as { readonly statusCode?: number; readonly body?: string }
  return { status: statusCode, text, json: () => JSON.parse(text) }
}

export function functionFor(path: string) {
  const fitting = FUNCTIONS.flatMap((one) => {
    const length = Math.max(...one.manifest.trigger.paths.map((pattern) => partsOf(pattern, path)))
    return length > 0 ? [{ ...one, length }] : []
  })
  const [best] = fitting.sort((one, other) => other.length - one.length)
  if (best === undefined) throw new Error(`No function answers ${path}.`)
  return best
}

/** How many parts of a path a pattern stands for; 0 when it is not its beginning. */
function partsOf(pattern: string, path: string): number {
  const parts = pattern.split('/')
  const given = path.split(/[/?]/)
  return parts.every((part, n) => part === given[n] || (part.startsWith('{') && given[n] !== undefined))
    ? parts.length
    : 0
}

export function eventFor(
  method: string,
  target: string,
  body: object | string | undefined,
): Parameters<typeof serveApi>[0] {
  const [rawPath = '', rawQueryString = ''] = target.split('?')
  const type = typeof body === 'string' ? 'application/x-www-form-urlencoded' : 'application/json'
  const event = {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    headers: {
      host: 'links.kaffi.example',
      'content-type': type,
      authorization: `Bearer ${secretOf(ENVIRONMENT.API_TOKEN_ARN)}`,
    },
    requestContext: { domainName: 'links.kaffi.example', http: { method, path: rawPath }, stage: '$default' },
    isBase64Encoded: false,
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  }
  // Only what the adapter reads of an event; the rest means nothing here.
  return event as unknown as Parameters<typeof serveApi>[0]
}
