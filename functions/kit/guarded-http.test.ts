import { createServer as createHttpServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HttpRequest } from '#shared/world/http.ts'
import { type Address, guardedHttp } from './guarded-http.ts'

/** Whatever connects to this machine on a port that may be called is noticed. */
const canaries: Server[] = []
let touched = 0

beforeAll(async () => {
  for (const [port, host] of [
    [8443, '127.0.0.1'],
    [8443, '::1'],
  ] as const) {
    const server = createServer((socket) => {
      touched += 1
      socket.destroy()
    })
    await new Promise<void>((resolve, reject) => {
      server.on('error', reject)
      server.listen(port, host, resolve)
    }).catch(() => {}) // a machine without IPv6, or one that uses the port
    canaries.push(server)
  }
})

afterAll(() => {
  for (const server of canaries) server.close()
})

const asking = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'POST',
  url,
  headers: {},
  body: '{}',
  timeout: 2_000,
  ...more,
})

/** Addresses of networks that are not the public internet, one way of writing each. */
const IPV4 = `
  0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 127.0.0.1 127.1.2.3 127.255.255.254 169.254.0.1
  169.254.169.254 169.254.169.123 169.254.170.2 169.254.170.23 172.16.0.1 172.31.255.254 192.0.0.1 192.0.0.170 192.0.2.1
  192.88.99.1 192.168.0.1 192.168.255.254 198.18.0.1 198.19.255.254 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250
  240.0.0.1 255.255.255.255`

const IPV4_OTHERWISE = `
  0 1 127.1 127.0.1 2130706433 0x7f000001 0x7F.0.0.1 0x7f.1 017700000001 0177.0.0.1 0177.1 00000177.0.0.1 127.0.0.1.
  2852039166 0xa9fea9fe 0xA9.0xFE.0xA9.0xFE 0251.0376.0251.0376 025177524776 169.16689662 169.254.43518 3232235521 0xc0a80001
  167772161 0x0a000001 012.0.0.1 10.1 4294967295 %31%32%37.0.0.1 １２７.0.0.1 127。0。0。1 ①②⑦.⓪.⓪.①`

const IPV6 = `
  :: ::1 ::2 0:0:0:0:0:0:0:1 ::127.0.0.1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:a9fe:a9fe
  ::ffff:8.8.8.8 ::ffff:0:127.0.0.1 64:ff9b::127.0.0.1 64:ff9b::a9fe:a9fe 64:ff9b::8.8.8.8 64:ff9b:1::1 100::1 2001::1
  2001:0:4136:e378:8000:63bf:3fff:fdd2 2001:2::1 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1::1 2002:a9fe:a9fe::1
  2002:c0a8:1::1 2620:4f:8000::1 3fff::1 4000::1 5f00::1 fc00::1 fd00::1 fd00:ec2::254 fd00:ec2::23 fd20:ce::254 fdff:ffff::1
  fe80::1 fe80::a9fe:a9fe febf::1 fec0::1 ff02::1 ff05::2 ff0e::1 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff`

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

const LITERALS = [
  ...[...words(IPV4), ...words(IPV4_OTHERWISE)].map((host) => `https://${host}:8443/`),
  ...words(IPV6).map((host) => `https://[${host}]:8443/`),
]

const ELSEWISE: readonly (readonly [url: string, reason: string])[] = [
  ['http://example.com/', 'not-https'],
  ['ftp://example.com/', 'not-https'],
  ['file:///etc/passwd', 'not-https'],
  ['data:text/plain,hello', 'not-https'],
  ['javascript:alert(1)', 'not-https'],
  ['gopher://example.com:70/', 'not-https'],
  ['HTTP://example.com/', 'not-https'],
  ['https://user@example.com/', 'user-info'],
  ['https://user:password@example.com/', 'user-info'],
  ['https://example.com@127.0.0.1/', 'user-info'],
  ['https://example.com%40127.0.0.1/', 'bad-url'],
  ['https://:secret@example.com/', 'user-info'],
  ['https://example.com:22/', 'port'],
  ['https://example.com:25/', 'port'],
  ['https://example.com:80/', 'port'],
  ['https://example.com:6379/', 'port'],
  ['https://example.com:4700/', 'port'],
  ['https://example.com:0/', 'port'],
  ['https://example.com:65536/', 'bad-url'],
  ['https:///', 'bad-url'],
  ['https://', 'bad-url'],
  ['https://exa mple.com/', 'bad-url'],
  ['https://[::1/', 'bad-url'],
  ['https://1.2.3.256/', 'bad-url'],
  ['https://127.0.0.1%00.example.com/', 'bad-url'],
  ['//example.com/', 'bad-url'],
  ['', 'bad-url'],
  ['nonsense', 'bad-url'],
]

const publicAddress: Address = { address: '93.184.215.14', family: 4 }
const resolveTo = (...addresses: readonly string[]) => {
  let asked = 0
  return {
    asked: () => asked,
    resolve: async (): Promise<readonly Address[]> => {
      asked += 1
      return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    },
  }
}

describe('what may not be called', () => {
  it('is tried in more than 120 ways', () => {
    expect(LITERALS.length + ELSEWISE.length).toBeGreaterThanOrEqual(120)
  })

  it.each(LITERALS)('%s', async (url) => {
    const answer = await guardedHttp({ resolve: async () => [publicAddress] }).request(asking(url))
    expect(answer).toMatchObject({ outcome: 'refused' })
  })

  it.each(ELSEWISE)('%s: %s', async (url, reason) => {
    const answer = await guardedHttp({ resolve: async () => [publicAddress] }).request(asking(url))
    expect(answer).toEqual({ outcome: 'refused', reason })
  })

  it.each([...words(IPV4), ...words(IPV6)])('a name that leads to %s', async (address) => {
    const { resolve } = resolveTo(address)
    const answer = await guardedHttp({ resolve }).request(asking('https://hooks.example.com/'))
    expect(answer).toEqual({ outcome: 'refused', reason: 'private-address' })
  })

  it.each(['127.0.0.1', '169.254.169.254', 'fd00:ec2::254'])(
    'a name of which one address of several is %s',
    async (one) => {
      const { resolve } = resolveTo(publicAddress.address, one)
      const answer = await guardedHttp({ resolve }).request(asking('https://hooks.example.com/'))
      expect(answer).toEqual({ outcome: 'refused', reason: 'private-address' })
    },
  )

  it.each(['localhost', 'localhost.', 'LOCALHOST', 'ip6-localhost'])(
    '%s, as this machine resolves it',
    async (name) => {
      const answer = await guardedHttp().request(asking(`https://${name}:8443/`))
      expect(answer).not.toMatchObject({ outcome: 'answered' })
    },
  )

  it('was not touched by any of this', () => {
    expect(touched).toBe(0)
  })
})

describe('a name that means something else a moment later', () => {
  it('is looked up once, and called at the address that was looked at', async () => {
    let asked = 0
    const resolve = async (): Promise<readonly Address[]> => {
      asked += 1
      return asked === 1
        ? ([{ address: '192.0.2.0', family: 4 }, publicAddress].slice(1) as readonly Address[])
        : [{ address: '127.0.0.1', family: 4 }]
    }
    await guardedHttp({ resolve }).request(asking('https://hooks.example.com/', { timeout: 200 }))
    expect(asked).toBe(1)
    expect(touched).toBe(0)
  })
})

describe('a server on this machine, as for development', () => {
  const http = guardedHttp({ allowLoopback: true })

  async function serving(answer: RequestListener, ask: (origin: string) => Promise<void>): Promise<void> {
    const server = createHttpServer(answer)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    try {
      await ask(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
    } finally {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  }

  it('is not called without the option', () =>
    serving(
      (_, response) => response.end('hello'),
      async (origin) => {
        expect(await guardedHttp().request(asking(origin))).toEqual({ outcome: 'refused', reason: 'not-https' })
        expect(await guardedHttp().request(asking(origin.replace('http:', 'https:')))).toMatchObject({
          outcome: 'refused',
        })
      },
    ))

  it('gets method, headers and body, and its answer comes back', () =>
    serving(
      (request, response) => {
        const chunks: Buffer[] = []
        request.on('data', (chunk: Buffer) => chunks.push(chunk))
        request.on('end', () =>
          response
            .writeHead(201)
            .end(`${request.method} ${request.headers['x-own']} ${Buffer.concat(chunks).toString()}`),
        )
      },
      async (origin) => {
        const answer = await http.request(asking(origin, { method: 'PUT', headers: { 'x-own': 'yes' }, body: 'żółw' }))
        expect(answer).toEqual({ outcome: 'answered', status: 201, body: 'PUT yes żółw' })
      },
    ))

  it.each([301, 302, 303, 307, 308])('is not followed to where it redirects: %d', async (status) => {
    let calls = 0
    await serving(
      (request, response) => {
        calls += 1
        response.writeHead(status, { location: `http://${request.headers.host}/secret` }).end()
      },
      async (origin) => {
        expect(await http.request(asking(origin))).toMatchObject({ outcome: 'answered', status })
        expect(calls).toBe(1)
      },
    )
  })

  it('that is too slow to answer is given up', () =>
    serving(
      () => {},
      async (origin) => {
        expect(await http.request(asking(origin, { timeout: 100 }))).toEqual({ outcome: 'failed', reason: 'timeout' })
      },
    ))

  it('that answers drop by drop is given up, too', () =>
    serving(
      (_, response) => {
        const drip = setInterval(() => response.write('x'), 10)
        response.on('close', () => clearInterval(drip))
      },
      async (origin) => {
        expect(await http.request(asking(origin, { timeout: 150 }))).toEqual({ outcome: 'failed', reason: 'timeout' })
      },
    ))

  it('that answers more than a megabyte is cut off', () =>
    serving(
      (_, response) => response.end('x'.repeat(1024 * 1024 + 1)),
      async (origin) => {
        expect(await http.request(asking(origin))).toEqual({ outcome: 'failed', reason: 'too-large' })
      },
    ))

  it('that compresses its answer though it was asked not to is not read: a small one may become a large one', () =>
    serving(
      (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
      async (origin) => {
        expect(await http.request(asking(origin))).toEqual({ outcome: 'failed', reason: 'unreadable' })
      },
    ))

  it('that hangs up is a failed connection', () =>
    serving(
      (request) => request.socket.destroy(),
      async (origin) => {
        expect(await http.request(asking(origin))).toEqual({ outcome: 'failed', reason: 'connection' })
      },
    ))

  it('is called at the address that was looked at, whatever the system makes of its name', () =>
    serving(
      (request, response) => response.end(request.headers.host),
      async (origin) => {
        const resolve = async (): Promise<readonly Address[]> => [{ address: '127.0.0.1', family: 4 }]
        const url = origin.replace('127.0.0.1', 'hooks.invalid')
        expect(await guardedHttp({ allowLoopback: true, resolve }).request(asking(url))).toEqual({
          outcome: 'answered',
          status: 200,
          body: url.slice('http://'.length),
        })
      },
    ))

  it('gives no way to others: another network stays closed, and the public internet needs https', async () => {
    expect(await http.request(asking('http://10.0.0.1/'))).toMatchObject({ outcome: 'refused' })
    expect(await http.request(asking('http://169.254.169.254/'))).toMatchObject({ outcome: 'refused' })
    const open = guardedHttp({ allowLoopback: true, resolve: async () => [publicAddress] })
    expect(await open.request(asking('http://hooks.example.com/'))).toMatchObject({ outcome: 'refused' })
  })
})

describe('a name that there is not', () => {
  it('is a failure that may pass', async () => {
    const resolve = async (): Promise<readonly Address[]> => {
      throw new Error('ENOTFOUND')
    }
    const answer = await guardedHttp({ resolve }).request(asking('https://hooks.example.com/'))
    expect(answer).toEqual({ outcome: 'failed', reason: 'no-such-host' })
  })

  it('is waited for as long as the whole call may take', async () => {
    const answer = await guardedHttp({ resolve: () => new Promise(() => {}) }).request(
      asking('https://hooks.example.com/', { timeout: 50 }),
    )
    expect(answer).toEqual({ outcome: 'failed', reason: 'timeout' })
  })
})
