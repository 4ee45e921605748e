import { Hono } from 'hono'
import { type LocalServer, listen } from '../../local/server.ts'
import { System } from '../../local/system.ts'
import { QUIET } from '../builders/a-system.ts'

export interface TestServer {
  readonly system: System
  readonly url: string
  request(path: string, init?: RequestInit & { readonly json?: unknown }): Promise<Response>
  close(): Promise<void>
}

/** The embedded server on a free port, its token sent along unless a header says otherwise. */
export async function aServer(): Promise<TestServer> {
  const system = new System({ publicUrl: 'http://127.0.0.1', log: QUIET })
  const server: LocalServer = await listen(system, 0, { page: new Hono() })
  system.start()
  const url = `http://127.0.0.1:${server.port}`
  return {
    system,
    url,
    request: (path, { json, ...init } = {}) =>
      fetch(url + path, {
        ...init,
        ...(json === undefined ? {} : { method: 'POST', body: JSON.stringify(json) }),
        headers: { authorization: `Bearer ${system.token}`, 'content-type': 'application/json', ...init.headers },
      }),
    close: async () => {
      await server.close()
      await system.stop()
    },
  }
}
