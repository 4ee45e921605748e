import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api } from '#local/api.ts'
import { QUIET } from '#test/builders/a-system.ts'
import { System } from '../../local/system.ts'
import { aServer, type TestServer } from './a-server.ts'

/** Every route that is mounted, as `[method, path]`: a route that is added stands in this table by itself. */
function routes(): readonly (readonly [method: string, path: string])[] {
  const system = new System({ publicUrl: 'http://127.0.0.1', log: QUIET })
  const mounted = api(system.world).routes.filter(({ method }) => method !== 'ALL')
  return [...new Set(mounted.map(({ method, path }) => `${method} ${path}`))].map((route) => {
    const [method = '', path = ''] = route.split(' ')
    return [method, path.replace(/\{([a-z]+)[^}]*\}/g, '$1').replace(/:act\w+/, 'pause')] as const
  })
}

const LOCAL = [
  ['GET', '/local/clock'],
  ['POST', '/local/clock/advance'],
  ['GET', '/local/outbox'],
  ['POST', '/local/outbox/msg_1/open'],
  ['GET', '/local/tail'],
] as const

/** Open by design: the links in messages prove themselves, and health says nothing. */
const OPEN = ['/health', '/u/', '/c/', '/p/']

const GUARDED = [...routes(), ...LOCAL].filter(([, path]) => !OPEN.some((open) => path.startsWith(open)))
const WRITING = [...routes(), ...LOCAL].filter(([method]) => method === 'POST' || method === 'PUT')

const withIds = (path: string): string => path.replace(/:\w+/g, 'x')

let server: TestServer
beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.close())

async function problemOf(response: Response) {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  const { status, code, type, detail } = (await response.json()) as Record<string, string>
  expect(type).toBe(`docs/errors.md#${code?.replaceAll('.', '')}`)
  expect(detail).not.toBe('')
  return { status, code }
}

describe('the doors of the API', () => {
  it('are all in the table', () => {
    expect(GUARDED.length).toBeGreaterThan(35)
    expect(
      routes().filter(([, path]) => !path.startsWith('/v1/') && !OPEN.some((open) => path.startsWith(open))),
    ).toEqual([])
  })

  it.each(GUARDED)('%s %s asks for the token', async (method, path) => {
    for (const authorization of ['', 'Bearer wrong', `Basic ${server.system.token}`, server.system.token]) {
      const response = await server.request(withIds(path), { method, headers: { authorization } })
      expect(await problemOf(response)).toEqual({ status: 401, code: 'http.no-token' })
    }
  })

  it.each(WRITING)('%s %s does not read a body without end', async (method, path) => {
    const body = JSON.stringify({ text: 'x'.repeat(9 * 1024 * 1024) })
    const response = await server.request(withIds(path), { method, body })
    expect(await problemOf(response)).toEqual({ status: 413, code: 'http.too-large' })
  })
})

const NAMES = ['nobody', 'NOBODY%00', '%F0%9F%92%90', '..%2F..%2Fetc', 'x'.repeat(3_000), "';--", 'C%23x', '__proto__']

describe('an id of another shape', () => {
  const readings = routes().filter(([method, path]) => method === 'GET' && /:/.test(path) && path.startsWith('/v1/'))

  it.each(readings)('%s %s never fails on it', async (_, path) => {
    for (const name of NAMES) {
      const asked = path.replace(':kind', 'userId').replace(/:\w+/g, name)
      const response = await server.request(asked)
      expect([200, 400, 404], asked).toContain(response.status)
      if (response.status !== 200) await problemOf(response)
    }
  })

  it.each([
    ['/v1/journeys/nobody', 'journey.not-published'],
    ['/v1/customers/userId/nobody', 'customer.unknown'],
    ['/v1/customers/shoeSize/44', 'identifier.unknown'],
    ['/v1/segments/nobody', 'segment.unknown'],
    ['/v1/conversations/nobody', 'conversation.unknown'],
    ['/v1/journeys/nobody/enrolments/nobody', 'http.nothing-here'],
    ['/v1/nothing', 'http.nothing-here'],
    ['/local/outbox/nobody', 'outbox.unknown'],
    ['/nothing', 'http.nothing-here'],
  ])('%s is not found: %s', async (path, code) => {
    expect(await problemOf(await server.request(path))).toEqual({ status: 404, code })
  })
})
