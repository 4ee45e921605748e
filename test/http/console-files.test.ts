import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentPolicy, HEADERS } from '../../console/headers.ts'
import { aServer, type TestServer } from './a-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await aServer()
})
afterAll(() => server.close())

const get = (path: string) => server.request(path, { headers: { authorization: '' } })

describe('the files of the console', () => {
  it.each([
    ['', 'text/html'],
    ['app.js', 'text/javascript'],
    ['style.css', 'text/css'],
    ['palette.css', 'text/css'],
    ['icon.svg', 'image/svg+xml'],
    ['settings.json', 'application/json'],
  ])('/console/%s goes out as %s, with all that a browser is told to refuse', async (file, type) => {
    const { status, headers } = await get(`/console/${file}`)
    expect([status, headers.get('content-type')?.split(';')[0]]).toEqual([200, type])
    expect(headers.get('content-security-policy')).toBe(contentPolicy())
    for (const [name, value] of Object.entries(HEADERS)) expect([name, headers.get(name)]).toEqual([name, value])
  })

  it('hold no secret', async () => {
    expect(await (await get('/console/settings.json')).json()).toEqual({})
  })

  it.each(['nothing.js', '..%2Fheaders.ts', '%2e%2e/headers.ts', '..%5Cheaders.ts', 'headers.ts', '%00', 'site'])(
    'do not include %s',
    async (file) => {
      expect((await get(`/console/${file}`)).status).toBe(404)
    },
  )

  it('name every place that the page may call', () => {
    expect(contentPolicy('https://kaffi.auth.eu-west-1.amazoncognito.com')).toContain(
      "connect-src 'self' https://kaffi.auth.eu-west-1.amazoncognito.com;",
    )
    expect(contentPolicy()).not.toMatch(/unsafe|\*|http/)
  })
})
