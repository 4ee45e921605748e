import { createHash, randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { html } from 'hono/html'
import type { Role } from '#functions/kit/roles.ts'
import { aUserPool, CLIENT_ID, type UserPool } from '#test/builders/a-user-pool.ts'

interface Begun {
  readonly challenge: string
  readonly home: string
  readonly username: string
}

export interface Cognito {
  readonly url: string
  readonly pool: UserPool
  /** What was done, in order: `code`, `refresh`, `revoke`, `logout`. */
  readonly done: string[]
  /** Access tokens that are given from now on end after so many seconds. */
  lastFor(seconds: number): void
  /** No refresh token counts any more. */
  endSessions(): void
  close(): Promise<void>
}

/** Plays the managed login of Cognito, as far as a page with PKCE sees it: one button for each who may sign in. */
export async function aCognito(people: Readonly<Record<string, readonly Role[]>>): Promise<Cognito> {
  const pool = aUserPool()
  const codes = new Map<string, Begun>()
  const refreshing = new Map<string, string>()
  const done: string[] = []
  let seconds = 3_600
  const tokens = (username: string, refresh?: string) => ({
    access_token: pool.accessToken(username, people[username], { exp: Math.floor(Date.now() / 1_000) + seconds }),
    ...(refresh !== undefined && { refresh_token: refresh }),
    token_type: 'Bearer',
    expires_in: seconds,
  })

  const app = new Hono()
  app.get('/oauth2/authorize', (context) => {
    const asked = context.req.query()
    const isRight =
      asked.response_type === 'code' &&
      asked.client_id === CLIENT_ID &&
      asked.code_challenge_method === 'S256' &&
      asked.scope === 'openid'
    if (!isRight) return context.text('invalid_request', 400)
    const links = Object.keys(people).map((username) => {
      const code = randomUUID()
      codes.set(code, { challenge: asked.code_challenge ?? '', home: asked.redirect_uri ?? '', username })
      const to = `${asked.redirect_uri}?${new URLSearchParams({ code, state: asked.state ?? '' })}`
      return html`<p><a href="${to}">${username}</a></p>`
    })
    return context.html(html`<h1>Managed login</h1>${links}`)
  })
  app.use('/oauth2/*', async (context, next) => {
    await next()
    context.header('access-control-allow-origin', '*')
  })
  app.post('/oauth2/token', async (context) => {
    const form = (await context.req.parseBody()) as Record<string, string>
    if (form.grant_type === 'refresh_token') {
      done.push('refresh')
      const username = refreshing.get(form.refresh_token ?? '')
      return username === undefined ? context.json({ error: 'invalid_grant' }, 400) : context.json(tokens(username))
    }
    done.push('code')
    const begun = codes.get(form.code ?? '')
    codes.delete(form.code ?? '')
    const proof = createHash('sha256')
      .update(form.code_verifier ?? '')
      .digest('base64url')
    const isProved = begun?.challenge === proof && begun.home === form.redirect_uri && form.client_id === CLIENT_ID
    if (begun === undefined || !isProved) return context.json({ error: 'invalid_grant' }, 400)
    const refresh = randomUUID()
    refreshing.set(refresh, begun.username)
    return context.json(tokens(begun.username, refresh))
  })
  app.post('/oauth2/revoke', async (context) => {
    done.push('revoke')
    refreshing.delete(String((await context.req.parseBody()).token))
    return context.body(null, 200)
  })
  app.get('/logout', (context) => {
    done.push('logout')
    return context.redirect(context.req.query('logout_uri') ?? '')
  })

  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const listening = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, () => resolve(listening))
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pool,
    done,
    lastFor: (wanted) => {
      seconds = wanted
    },
    endSessions: () => refreshing.clear(),
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  }
}
