import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { getCookie, setCookie } from 'hono/cookie'
import { streamSSE } from 'hono/streaming'
import { timingSafeEqual } from 'hono/utils/buffer'
import { problemResponse } from '#functions/kit/problem.ts'
import { countersBetween } from '#shared/insights/read-counters.ts'
import type { System } from '../system.ts'
import { Act, type ActOutcome, act } from './acts.ts'
import { Bell } from './bell.ts'
import { storyPage, storyView } from './page.ts'
import type { Persona } from './persona.ts'
import { almostPage, startPage } from './start-page.ts'
import { readFacts } from './story-facts.ts'
import { type Story, tellStory } from './tell-story.ts'

const COOKIE = 'throughline-story'

const FILES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'app.js': 'text/javascript',
    'morph.js': 'text/javascript',
    'style.css': 'text/css',
    'thread.css': 'text/css',
    'devices.css': 'text/css',
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

/** A change is announced before it is committed, and seldom comes alone. */
const SETTLE = 50

/** Also how often the page learns that a minute has passed. */
const KEEP_ALIVE = 10_000

/** One customer's story at `/`: nobody else is to be seen or acted for. Without a persona, how to begin. */
export function story(system: System, persona: Persona | undefined): Hono {
  const app = new Hono()
  if (persona === undefined)
    return app.get('/', async (context) =>
      page(context, startPage(system.world.settings.publicUrl, await countTouchpoints(system))),
    )
  const session = randomBytes(32).toString('base64url')
  const bells = new Set<Bell>()
  const tell = async (): Promise<Story | undefined> => {
    const facts = await readFacts(system, persona)
    return facts === undefined ? undefined : tellStory(facts)
  }
  app.get('/', async (context) => {
    setCookie(context, COOKIE, session, { httpOnly: true, sameSite: 'Strict', path: '/' })
    const told = await tell()
    if (told !== undefined) return page(context, storyPage(told))
    context.header('refresh', '1')
    return page(context, almostPage())
  })
  app.use('/story/*', requireSession(session))
  app.get('/story/live', (context) => live(context, system, bells, tell))
  app.post('/story/act', bodyLimit({ maxSize: MOST_BYTES }), async (context) => {
    const wanted = Act.safeParse(await context.req.json().catch(() => undefined))
    if (!wanted.success)
      return problemResponse(400, 'Send { "action": "look" } or another thing she can do.', {
        code: 'story.unknown-act',
      })
    const outcome = await act(system, persona, wanted.data)
    for (const bell of bells) bell.ring()
    return answer(outcome)
  })
  app.get('/story/:file', (context) => file(context.req.param('file')))
  return app
}

/** Whoever has been given the page may use what belongs to it; pages of other origins never have this cookie with them. */
function requireSession(session: string): MiddlewareHandler {
  return async (context, next) => {
    if (await timingSafeEqual(getCookie(context, COOKIE) ?? '', session)) return next()
    return problemResponse(403, 'Open the page at / first.', { code: 'story.no-session' })
  }
}

/** The story as it is and whenever it has changed, as HTML. */
function live(context: Context, system: System, bells: Set<Bell>, tell: () => Promise<Story | undefined>): Response {
  return streamSSE(context, async (stream) => {
    const bell = new Bell()
    bells.add(bell)
    const ring = (): void => bell.ring()
    const stops = [system.changes.onAdded(ring), system.outbox.onMessage(ring), () => bells.delete(bell)]
    stream.onAbort(() => {
      for (const stop of stops) stop()
      ring()
    })
    let shown = ''
    while (!stream.aborted) {
      const told = await tell()
      const view = told === undefined ? '' : String(await storyView(told))
      if (view === shown) await stream.write(': still here\n\n')
      else await stream.writeSSE({ event: 'story', data: view })
      shown = view
      await bell.heard(KEEP_ALIVE)
      await stream.sleep(SETTLE)
    }
  })
}

const ANSWERS: Readonly<Record<Exclude<ActOutcome, 'done'>, readonly [status: number, detail: string]>> = {
  'unknown-message': [404, 'She has no such message.'],
  'not-accepted': [400, 'The system did not accept it; its log says why.'],
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
  if (type === undefined) return problemResponse(404, 'There is nothing at this address.')
  const headers = {
    'content-type': `${type}; charset=utf-8`,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-cache',
  }
  return new Response(readFileSync(new URL(name, import.meta.url)), { headers })
}

async function countTouchpoints({ world }: System): Promise<number> {
  const days = await countersBetween(world, '0000-01-01', '9999-12-31')
  return days.reduce((sum, { counters }) => sum + (counters.touchpoints ?? 0), 0)
}

export type { Persona }
