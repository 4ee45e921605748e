import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { getCookie, setCookie } from 'hono/cookie'
import { timingSafeEqual } from 'hono/utils/buffer'
import { problem, problemResponse } from '#functions/kit/problem.ts'
import { countersBetween } from '#shared/insights/read-counters.ts'
import type { System } from '../system.ts'
import { Act, type ActOutcome, act } from './acts.ts'
import { Live } from './live.ts'
import { storyPage, storyView } from './page.ts'
import type { Persona } from './persona.ts'
import { almostPage, startPage } from './start-page.ts'
import { readFacts } from './story-facts.ts'
import { type Story, tellStory } from './tell-story.ts'

export type { Persona }

const COOKIE = 'throughline-story'

const FILES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'app.js': 'text/javascript',
    'morph.js': 'text/javascript',
    'style.css': 'text/css',
    'thread.css': 'text/css',
    'devices.css': 'text/css',
    'care.css': 'text/css',
    'narrow.css': 'text/css',
  }),
)

/** An email brings its own styles, and a frame without an address is bound by the rules of the page around it. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  'img-src data:',
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** An act is a few words. */
const MOST_BYTES = 4_096

/** One customer's story at `/`: nobody else is to be seen or acted for. Without a persona, how to begin. */
export function story(system: System, persona: Persona | undefined): Hono {
  const session = randomBytes(32).toString('base64url')
  const app = new Hono()
  app.onError((error) => problem(error, system.world.log))
  app.get('/', async (context, next) => {
    setCookie(context, COOKIE, session, { httpOnly: true, sameSite: 'Strict', path: '/' })
    await next()
  })
  app.use('/story/*', requireSession(session))
  if (persona === undefined) app.get('/', async (context) => page(context, await begin(system)))
  else tell(app, system, persona)
  app.get('/story/:file', (context) => file(context.req.param('file')))
  return app
}

function tell(app: Hono, system: System, persona: Persona): void {
  const told = async (): Promise<Story | undefined> => {
    const facts = await readFacts(system, persona)
    return facts === undefined ? undefined : tellStory(facts)
  }
  const live = new Live(system, async () => {
    const now = await told()
    return now === undefined ? '' : String(await storyView(now))
  })
  app.get('/', async (context) => {
    const now = await told()
    if (now !== undefined) return page(context, storyPage(now))
    context.header('refresh', '1')
    return page(context, almostPage())
  })
  app.get('/story/live', (context) => live.stream(context))
  app.post('/story/act', bodyLimit({ maxSize: MOST_BYTES }), async (context) => {
    const wanted = Act.safeParse(await context.req.json().catch(() => undefined))
    if (!wanted.success)
      return problemResponse(400, 'story.unknown-act', 'Send { "action": "look" } or another thing she can do.')
    const outcome = await act(system, persona, wanted.data)
    live.ring()
    return answer(outcome)
  })
}

/** Whoever has been given the page may use what belongs to it; pages of other origins never have this cookie with them. */
function requireSession(session: string): MiddlewareHandler {
  return async (context, next) => {
    if (await timingSafeEqual(getCookie(context, COOKIE) ?? '', session)) return next()
    return problemResponse(403, 'story.no-session', 'Open the page at / first.')
  }
}

const ANSWERS: Readonly<Record<Exclude<ActOutcome, 'done'>, readonly [status: number, code: string, detail: string]>> =
  {
    'unknown-message': [404, 'story.unknown-message', 'She has no such message.'],
    'no-conversation': [404, 'story.no-conversation', 'No conversation of hers is open.'],
    'not-accepted': [400, 'story.not-accepted', 'The system did not accept it; its log says why.'],
  }

function answer(outcome: ActOutcome): Response {
  return outcome === 'done' ? new Response(null, { status: 204 }) : problemResponse(...ANSWERS[outcome])
}

function page(context: Context, content: ReturnType<typeof storyPage>): Response | Promise<Response> {
  context.header('content-security-policy', POLICY)
  context.header('x-content-type-options', 'nosniff')
  context.header('referrer-policy', 'no-referrer')
  context.header('cache-control', 'no-store')
  return context.html(content)
}

function file(name: string): Response {
  const type = FILES.get(name)
  if (type === undefined) return problemResponse(404, 'http.nothing-here', 'There is nothing at this address.')
  const headers = {
    'content-type': `${type}; charset=utf-8`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-cache',
  }
  return new Response(readFileSync(new URL(name, import.meta.url)), { headers })
}

async function begin({ world }: System): Promise<ReturnType<typeof startPage>> {
  const days = await countersBetween(world, '0000-01-01', '9999-12-31')
  const touchpoints = days.reduce((sum, { counters }) => sum + (counters.touchpoints ?? 0), 0)
  return startPage(world.settings.publicUrl, touchpoints)
}
