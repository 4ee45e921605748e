import { afterAll, describe, expect, it } from 'vitest'
import { ALLOWED, ROLES, type Role } from '#functions/kit/roles.ts'
import { api } from '#local/api.ts'
import { System } from '#local/system.ts'
import type { World } from '#shared/world/world.ts'
import { QUIET } from '#test/builders/a-system.ts'
import { aUserPool } from '#test/builders/a-user-pool.ts'
import { anInbox } from '#test/builders/an-inbox.ts'

const pool = aUserPool()
const system = new System({
  publicUrl: 'http://127.0.0.1',
  log: QUIET,
  wrapWorld: (world) => ({ ...world, signIn: pool.signIn }),
})
const app = api(system.world)
afterAll(() => system.stop())

/** Made from what is mounted, so that a route that is added stands in this table by itself. */
const ROUTES = [...new Set(app.routes.filter(({ method }) => method !== 'ALL').map(keyOf))].filter((route) =>
  route.includes(' /v1/'),
)

/** What only programs do. */
const OF_THE_TOKEN = ['POST /v1/events']

function keyOf({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path}`
}

/** Answers to a request that names nobody and nothing that is there. */
async function ask(route: string, authorization: string | undefined) {
  const [method = '', path = ''] = route.split(' ')
  const response = await app.request(
    path
      .replace(/:act\{[^}]*\}/, 'pause')
      .replace(/:kind/, 'userId')
      .replace(/:\w+/g, 'x'),
    {
      method,
      headers: { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) },
      ...(method !== 'GET' && { body: '{}' }),
    },
  )
  const body = response.headers.get('content-type')?.includes('json') ? await response.json() : {}
  return { status: response.status, code: (body as { code?: string }).code }
}

const REFUSED = { status: 401, code: 'http.no-token' }
const FORBIDDEN = { status: 403, code: 'http.not-allowed' }

const PEOPLE = [undefined, ...ROLES, 'admin', 'OPS', '*']

function isAllowed(role: string | undefined, route: string): boolean {
  const allowed = ALLOWED[route] ?? []
  return allowed === 'signed in' || (allowed as readonly unknown[]).includes(role)
}

describe('every route', () => {
  it('says who may use it, and nothing else does', () => {
    expect([...Object.keys(ALLOWED), ...OF_THE_TOKEN].sort()).toEqual([...ROUTES].sort())
    expect(ROUTES.length).toBeGreaterThan(40)
  })

  it.each(ROUTES)('%s refuses whoever proves nothing', async (route) => {
    const good = pool.accessToken('ada', ROLES)
    const nothing = [
      undefined,
      '',
      'Bearer',
      'Bearer ',
      'Bearer a.b.c',
      'Bearer ...',
      `Basic ${good}`,
      good,
      `Bearer ${good} ${good}`,
    ]
    for (const authorization of nothing) expect(await ask(route, authorization), authorization).toEqual(REFUSED)
  })

  it.each(ROUTES)('%s refuses every forgery', async (route) => {
    for (const [flaw, token] of Object.entries(pool.forgeries))
      expect(await ask(route, `Bearer ${token}`), flaw).toEqual(REFUSED)
  })

  it.each(ROUTES)('%s lets in whose role it is, and nobody else', async (route) => {
    for (const role of PEOPLE) {
      const token = pool.accessToken('ada', role === undefined ? [] : [role])
      const answer = await ask(route, `Bearer ${token}`)
      if (isAllowed(role, route)) expect([401, 403], role).not.toContain(answer.status)
      else expect(answer, role).toEqual(OF_THE_TOKEN.includes(route) ? REFUSED : FORBIDDEN)
    }
  })

  it.each(ROUTES)('%s lets the token of the installation in', async (route) => {
    expect([401, 403]).not.toContain((await ask(route, `Bearer ${system.token}`)).status)
  })

  it.each(ROUTES)('%s is for no page of another origin', async (route) => {
    const [method = '', path = ''] = route.split(' ')
    for (const asked of [method, 'OPTIONS']) {
      const response = await app.request(path, {
        method: asked,
        headers: {
          authorization: `Bearer ${pool.accessToken('ada', ROLES)}`,
          origin: 'https://evil.example',
          'access-control-request-method': method,
        },
      })
      expect([...response.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([])
    }
  })
})

describe('a route that nobody declared', () => {
  it('is for the token of the installation only', async () => {
    const undeclared = api(system.world)
    undeclared.get('/v1/customers/:kind/:value/secrets', (context) => context.json({}))
    const path = '/v1/customers/userId/ada/secrets'
    const asked = (token: string) => undeclared.request(path, { headers: { authorization: `Bearer ${token}` } })
    expect((await asked(pool.accessToken('ada', ROLES))).status).toBe(403)
    expect((await asked(system.token)).status).toBe(200)
  })
})

describe('the pool', () => {
  it('is not asked for its keys at each request, however many forgeries come', async () => {
    await pool.signIn.personOf(pool.accessToken('ada'))
    const before = pool.asked()
    for (const token of Object.values(pool.forgeries)) await pool.signIn.personOf(token)
    await pool.signIn.personOf(pool.accessToken('ada'))
    expect(pool.asked() - before).toBeLessThanOrEqual(1)
  })
})

describe('whoever signed in', () => {
  async function as(name: string, role: Role, world: World, path: string, json?: unknown): Promise<unknown> {
    const response = await api({ ...world, signIn: pool.signIn }).request(path, {
      headers: { authorization: `Bearer ${pool.accessToken(name, [role])}`, 'content-type': 'application/json' },
      ...(json !== undefined && { method: 'POST', body: JSON.stringify(json) }),
    })
    return response.json()
  }

  it('is told who she is and what she may', async () => {
    expect(await as('ada', 'agent', system.world, '/v1/me')).toEqual({ name: 'ada', roles: ['agent'] })
  })

  it('is who claims a conversation and notes in it, whatever name she sends', async () => {
    const inbox = await anInbox()
    await inbox.says('My coffee was cold')
    const { id } = await inbox.only()
    const at = `/v1/conversations/${id}`
    const { world } = inbox.system
    expect(await as('bo', 'agent', world, `${at}/claim`, { agent: 'eve' })).toMatchObject({ agent: 'bo' })
    await as('bo', 'agent', world, `${at}/notes`, { agent: 'eve', text: 'A regular' })
    expect(await as('bo', 'agent', world, at)).toMatchObject({ words: [{ from: 'her' }, { from: 'note', by: 'bo' }] })
  })
})
