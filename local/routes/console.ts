import { existsSync, readFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { Hono } from 'hono'
import { nothingHere } from '#functions/kit/http-app.ts'
import { contentPolicy, HEADERS } from '../../console/headers.ts'

const SITE = join(import.meta.dirname, '../../console/site')

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** What a deployment tells the console; here nobody signs in, and it asks for the token. */
export interface ConsoleSettings {
  readonly signIn?: { readonly url: string; readonly client: string }
}

/** The console's files as CloudFront serves them, below `/console/`. */
export function consoleFiles(settings: ConsoleSettings = {}): Hono {
  const app = new Hono()
  app.use(async (context, next) => {
    await next()
    context.header('content-security-policy', contentPolicy(settings.signIn?.url))
    context.header('cache-control', 'no-cache')
    for (const [name, value] of Object.entries(HEADERS)) context.header(name, value)
  })
  app.get('/', (context) => context.redirect('/console/'))
  app.get('/settings.json', (context) => context.json(settings))
  app.get('/:file{.*}', (context) => {
    const file = context.req.param('file') || 'index.html'
    const type = TYPES[extname(file)]
    const path = join(SITE, file)
    if (type === undefined || basename(file) !== file || !existsSync(path)) return nothingHere()
    return context.body(readFileSync(path), 200, { 'content-type': type })
  })
  return app
}
